"""The exchange formats of newsrooms: NITF, one article a file, and NewsML around it.

Agencies deliver in NewsML-G2 and NewsML 1: one article an item.
"""

import re
from collections.abc import Iterator
from functools import partial

from lxml.etree import _Element as Element

from retriever.corpus.article.composing import (
    About,
    Paragraph,
    articles_of_parts,
    compose,
    one_line,
)
from retriever.corpus.article.dates import StatedDate, first_moment, stated_moment
from retriever.corpus.article.names import people_in
from retriever.corpus.formats.markup.fragments import paragraphs_of
from retriever.corpus.formats.xml.tree import (
    LANGUAGE,
    children,
    descendants,
    element_text,
    first_address,
    local_name,
)
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

# NewsML-G2 first, then NewsML 1, whose names are others.
_HEADLINE = ("headline", "title")
_BYLINE = ("by", "byline")
_PROVIDER = ("provider", "infosource", "copyrightholder", "source")
_PUBLISHED = ("firstcreated", "contentcreated", "versioncreated", "dateid")
_UPDATED = ("versioncreated", "contentmodified", "thisrevisioncreated")
_CONTENT = ("inlinexml", "inlinedata", "datacontent", "text")


def read_newsml(root: Element, path: str) -> Iterator[Article | Failure]:
    """Yield the text items in order, or the failure that names the item.

    An item is called by its ``guid`` or public identifier, else ``path#number``. Items without
    text, such as pictures beside an article, are passed over unless the file holds nothing else.
    """
    items = [root] if local_name(root) == "newsitem" else list(descendants(root, "newsitem"))
    with_text = [item for item in items if next(descendants(item, *_CONTENT), None) is not None]
    if not with_text:
        raise UnreadableError("holds no item with text in it")
    read = partial(_item_article, path=path, is_only=len(with_text) == 1)
    yield from articles_of_parts(enumerate(with_text, 1), read, path, "item")


def _item_article(item: Element, place: str, *, path: str, is_only: bool) -> Article:
    public = element_text(next(descendants(item, "publicidentifier"), None))
    stated = one_line(item.get("guid") or public)
    return compose(
        _item_paragraphs(item),
        _about_item(item),
        path=path,
        article_id=stated or (path if is_only else place),
    )


def _item_paragraphs(item: Element) -> Iterator[Paragraph]:
    for content in descendants(item, *_CONTENT):
        if next(descendants(content, "body.content"), None) is not None:
            yield from _nitf_paragraphs(content)
        elif len(content):
            yield from paragraphs_of(next(descendants(content, "body"), content))
        else:
            yield from (Paragraph(text=part) for part in re.split(r"\n\s*\n", content.text or ""))


def _about_item(item: Element) -> About:
    """Return what an item states, completed from the NITF inside it."""
    around = _without_content(item)
    inner = next(descendants(item, "nitf"), None)
    nitf = About() if inner is None else _nitf_about(inner)
    published, wrong = _item_moment(around, _PUBLISHED)
    updated, _ = _item_moment(around, _UPDATED)
    return About(
        title=one_line(element_text(_first_named(around, _HEADLINE))) or nitf.title,
        authors=people_in(element_text(_first_named(around, _BYLINE)) or "") or nitf.authors,
        publisher=_provider(around) or nitf.publisher,
        published=published or nitf.published,
        updated=updated if updated and published and updated.value != published.value else None,
        language=_item_language(item, around) or nitf.language,
        warnings=(wrong,) if wrong else (),
    )


def _without_content(item: Element) -> list[Element]:
    """Return the elements of an item but those of its text, in order."""
    inside = {one for content in descendants(item, *_CONTENT) for one in content.iter()}
    return [one for one in item.iter() if one not in inside]


def _first_named(elements: list[Element], names: tuple[str, ...]) -> Element | None:
    """Return the first element of the first name that there is."""
    return next((one for name in names for one in elements if local_name(one) == name), None)


def _item_moment(around: list[Element], names: tuple[str, ...]) -> StatedDate:
    element = _first_named(around, names)
    name = "" if element is None else local_name(element)
    return stated_moment(element_text(element), source=f"newsml {name}")


def _provider(around: list[Element]) -> str | None:
    element = _first_named(around, _PROVIDER)
    if element is None:
        return None
    party = next(descendants(element, "party"), None)
    formal = "" if party is None else party.get("FormalName", "")
    stated = (
        element_text(next(descendants(element, "name"), None)) or element.get("literal") or formal
    )
    return one_line(stated or element.get("qcode", "").rpartition(":")[2])


def _item_language(item: Element, around: list[Element]) -> str | None:
    element = _first_named(around, ("language",))
    stated = "" if element is None else element.get("tag") or element.get("FormalName", "")
    return stated or item.get(LANGUAGE) or None


def read_nitf(root: Element, path: str) -> Iterator[Article | Failure]:
    """Yield the article; its id is its path."""
    yield compose(_nitf_paragraphs(root), _nitf_about(root), path=path)


def _nitf_paragraphs(root: Element) -> Iterator[Paragraph]:
    """Yield the paragraphs of the body: what head, byline and end matter state is not text.

    Nor is what is said of pictures; ``root`` is changed to hold it no more.
    """
    for content in descendants(root, "body.content"):
        for media in list(descendants(content, "media")):
            media.clear(keep_tail=True)
        yield from paragraphs_of(content)


def _nitf_about(root: Element) -> About:
    """Return what head and body state about the article."""
    published, warning = first_moment(_nitf_moments(root))
    headline = next(descendants(root, "hl1", "hedline"), None)
    names = [name for one in descendants(root, "byline") for name in people_in(_people_of(one))]
    data = next(descendants(root, "pubdata"), None)
    return About(
        title=one_line(
            element_text(headline) or element_text(next(descendants(root, "title"), None))
        ),
        authors=tuple(dict.fromkeys(names)),
        publisher=one_line(None if data is None else data.get("name")),
        published=published,
        url=None if data is None else first_address([data.get("ex-ref")]),
        language=root.get(LANGUAGE),
        warnings=(warning,) if warning else (),
    )


def _nitf_moments(root: Element) -> Iterator[tuple[str, str]]:
    """Yield the fields that state when the article was published, the most telling first."""
    for name, attribute in (
        ("date.issue", "norm"),
        ("pubdata", "date.publication"),
        ("date.release", "norm"),
        ("story.date", "norm"),
    ):
        for element in descendants(root, name):
            if stated := element.get(attribute) or element_text(element):
                yield f"nitf {name}", stated


def _people_of(byline: Element) -> str:
    """Return the people of a byline, without what they are and whom they work for."""
    people = [element_text(one) or "" for one in descendants(byline, "person")]
    if people:
        return "; ".join(people)
    titles = " ".join(element_text(one) or "" for one in children(byline, "byttl"))
    return (element_text(byline) or "").removesuffix(titles).strip()
