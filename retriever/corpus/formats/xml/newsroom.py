"""The exchange formats of newsrooms: NITF, one article a file, and NewsML around it.

Agencies deliver in NewsML-G2 and NewsML 1: one article an item.
"""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from retriever.corpus.article.composing import About, Paragraph, compose, one_line, with_unique_id
from retriever.corpus.article.dates import StatedDate, stated_moment
from retriever.corpus.article.names import people_in
from retriever.corpus.formats.markup.fragments import paragraphs_of
from retriever.corpus.formats.xml.tree import (
    children,
    descendants,
    element_text,
    first,
    first_address,
    local_name,
)
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
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
    with_text = [item for item in items if first(descendants(item, *_CONTENT)) is not None]
    if not with_text:
        raise UnreadableError("holds no item with text in it")
    seen: set[str] = set()
    for number, item in enumerate(with_text, 1):
        place = path if len(with_text) == 1 else f"{path}#{number}"
        try:
            article = compose(
                _item_paragraphs(item),
                _about_item(item),
                path=path,
                article_id=_id_of_item(item) or place,
            )
            yield with_unique_id(article, f"{path}#{number}", seen)
        except UnreadableError as error:
            yield Failure(path=path, reason=f"item {number} {error}")


def _id_of_item(item: Element) -> str | None:
    return one_line(item.get("guid") or element_text(first(descendants(item, "publicidentifier"))))


def _item_paragraphs(item: Element) -> Iterator[Paragraph]:
    for content in descendants(item, *_CONTENT):
        if first(descendants(content, "body.content")) is not None:
            yield from _nitf_paragraphs(content)
        elif len(content):
            body = first(descendants(content, "body"))
            yield from paragraphs_of(content if body is None else body)
        else:
            yield from (Paragraph(text=part) for part in re.split(r"\n\s*\n", content.text or ""))


def _about_item(item: Element) -> About:
    """Return what an item states, completed from the NITF inside it."""
    around = _without_content(item)
    inner = first(descendants(item, "nitf"))
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


def _first_named(elements: Iterable[Element], names: tuple[str, ...]) -> Element | None:
    """Return the first element of the first name that there is."""
    found = list(elements)
    return first(one for name in names for one in found if local_name(one) == name)


def _item_moment(around: list[Element], names: tuple[str, ...]) -> StatedDate:
    element = _first_named(around, names)
    name = "" if element is None else local_name(element)
    return stated_moment(element_text(element), source=f"newsml {name}")


def _provider(around: list[Element]) -> str | None:
    element = _first_named(around, _PROVIDER)
    if element is None:
        return None
    party = first(descendants(element, "party"))
    formal = "" if party is None else party.get("FormalName", "")
    stated = element_text(first(descendants(element, "name"))) or element.get("literal") or formal
    return one_line(stated or element.get("qcode", "").rpartition(":")[2])


def _item_language(item: Element, around: list[Element]) -> str | None:
    element = _first_named(around, ("language",))
    stated = "" if element is None else element.get("tag") or element.get("FormalName", "")
    return stated or item.get(_LANGUAGE) or None


def read_nitf(root: Element, path: str) -> Iterator[Article | Failure]:
    """Yield the article; its id is its path."""
    yield compose(_nitf_paragraphs(root), _nitf_about(root), path=path)


def _nitf_paragraphs(root: Element) -> Iterator[Paragraph]:
    """Yield the paragraphs of the body: what head, byline and end matter state is not text."""
    for content in descendants(root, "body.content"):
        yield from paragraphs_of(content)


def _nitf_about(root: Element) -> About:
    """Return what head and body state about the article."""
    published, warning = _nitf_published(root)
    headline = first(descendants(root, "hl1", "hedline"))
    names = [name for one in descendants(root, "byline") for name in people_in(_people_of(one))]
    data = first(descendants(root, "pubdata"))
    return About(
        title=one_line(element_text(headline) or element_text(first(descendants(root, "title")))),
        authors=tuple(dict.fromkeys(names)),
        publisher=one_line(None if data is None else data.get("name")),
        published=published,
        url=None if data is None else first_address([data.get("ex-ref")]),
        language=root.get(_LANGUAGE),
        warnings=(warning,) if warning else (),
    )


def _nitf_published(root: Element) -> StatedDate:
    for name, attribute in (
        ("date.issue", "norm"),
        ("pubdata", "date.publication"),
        ("date.release", "norm"),
        ("story.date", "norm"),
    ):
        for element in descendants(root, name):
            if stated := element.get(attribute) or element_text(element):
                return stated_moment(stated, source=f"nitf {name}")
    return None, None


def _people_of(byline: Element) -> str:
    """Return the people of a byline, without what they are and whom they work for."""
    people = [element_text(one) or "" for one in descendants(byline, "person")]
    if people:
        return "; ".join(people)
    titles = " ".join(element_text(one) or "" for one in children(byline, "byttl"))
    return (element_text(byline) or "").removesuffix(titles).strip()
