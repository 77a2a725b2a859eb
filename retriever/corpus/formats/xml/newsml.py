"""NewsML-G2 and NewsML 1, in which agencies deliver: one article an item."""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element as Element

from retriever.corpus.article.composing import About, Paragraph, compose, one_line
from retriever.corpus.article.dates import stated_moment
from retriever.corpus.article.names import names_in
from retriever.corpus.formats.json.lines import told_apart
from retriever.corpus.formats.markup.fragments import paragraphs_of
from retriever.corpus.formats.xml.nitf import nitf_about, nitf_paragraphs
from retriever.corpus.formats.xml.tree import descendants, first, local_name, words
from retriever.errors import UnreadableError
from retriever.records import Article, Failure, Published

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
                _paragraphs(item), _about(item), path=path, article_id=_identity(item) or place
            )
            yield told_apart(article, f"{path}#{number}", seen)
        except UnreadableError as error:
            yield Failure(path=path, reason=f"item {number} {error}")


def _identity(item: Element) -> str | None:
    return one_line(item.get("guid") or words(first(descendants(item, "publicidentifier"))))


def _paragraphs(item: Element) -> Iterator[Paragraph]:
    for content in descendants(item, *_CONTENT):
        if first(descendants(content, "body.content")) is not None:
            yield from nitf_paragraphs(content)
        elif len(content):
            body = first(descendants(content, "body"))
            yield from paragraphs_of(content if body is None else body)
        else:
            yield from (Paragraph(text=part) for part in re.split(r"\n\s*\n", content.text or ""))


def _about(item: Element) -> About:
    """Return what an item states, completed from the NITF inside it."""
    around = _without_content(item)
    inner = first(descendants(item, "nitf"))
    nitf = About() if inner is None else nitf_about(inner)
    published, wrong = _moment(around, _PUBLISHED)
    updated, _ = _moment(around, _UPDATED)
    return About(
        title=one_line(words(_one(around, _HEADLINE))) or nitf.title,
        authors=names_in(words(_one(around, _BYLINE)) or "") or nitf.authors,
        publisher=_provider(around) or nitf.publisher,
        published=published or nitf.published,
        updated=updated if updated and published and updated.value != published.value else None,
        language=_language(item, around) or nitf.language,
        warnings=(wrong,) if wrong else (),
    )


def _without_content(item: Element) -> list[Element]:
    """Return the elements of an item but those of its text, in order."""
    inside = {one for content in descendants(item, *_CONTENT) for one in content.iter()}
    return [one for one in item.iter() if one not in inside]


def _one(elements: Iterable[Element], names: tuple[str, ...]) -> Element | None:
    """Return the first element of the first name that there is."""
    found = list(elements)
    return first(one for name in names for one in found if local_name(one) == name)


def _moment(around: list[Element], names: tuple[str, ...]) -> tuple[Published | None, str | None]:
    element = _one(around, names)
    name = "" if element is None else local_name(element)
    return stated_moment(words(element), source=f"newsml {name}")


def _provider(around: list[Element]) -> str | None:
    element = _one(around, _PROVIDER)
    if element is None:
        return None
    party = first(descendants(element, "party"))
    formal = "" if party is None else party.get("FormalName", "")
    stated = words(first(descendants(element, "name"))) or element.get("literal") or formal
    return one_line(stated or element.get("qcode", "").rpartition(":")[2])


def _language(item: Element, around: list[Element]) -> str | None:
    element = _one(around, ("language",))
    stated = "" if element is None else element.get("tag") or element.get("FormalName", "")
    return stated or item.get(_LANGUAGE) or None
