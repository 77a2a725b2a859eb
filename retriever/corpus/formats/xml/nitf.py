"""NITF, the News Industry Text Format: one article a file, or inside NewsML."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from retriever.corpus.article.composing import About, Paragraph, compose, one_line
from retriever.corpus.article.dates import stated_moment
from retriever.corpus.article.names import names_in
from retriever.corpus.formats.markup.fragments import paragraphs_of
from retriever.corpus.formats.xml.tree import children, descendants, first, words
from retriever.records import Article, Failure, Published

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def read_nitf(root: Element, path: str) -> Iterator[Article | Failure]:
    """Yield the article; its id is its path."""
    yield compose(nitf_paragraphs(root), nitf_about(root), path=path)


def nitf_paragraphs(root: Element) -> Iterator[Paragraph]:
    """Yield the paragraphs of the body: what head, byline and end matter state is not text."""
    for content in descendants(root, "body.content"):
        yield from paragraphs_of(content)


def nitf_about(root: Element) -> About:
    """Return what head and body state about the article."""
    published, warning = _published(root)
    headline = first(descendants(root, "hl1", "hedline"))
    names = [name for one in descendants(root, "byline") for name in names_in(_byline(one))]
    data = first(descendants(root, "pubdata"))
    return About(
        title=one_line(words(headline) or words(first(descendants(root, "title")))),
        authors=tuple(dict.fromkeys(names)),
        publisher=one_line(None if data is None else data.get("name")),
        published=published,
        url=_address(data),
        language=root.get(_LANGUAGE),
        warnings=(warning,) if warning else (),
    )


def _published(root: Element) -> tuple[Published | None, str | None]:
    for name, attribute in (
        ("date.issue", "norm"),
        ("pubdata", "date.publication"),
        ("date.release", "norm"),
        ("story.date", "norm"),
    ):
        for element in descendants(root, name):
            if stated := element.get(attribute) or words(element):
                return stated_moment(stated, source=f"nitf {name}")
    return None, None


def _byline(byline: Element) -> str:
    """Return the people of a byline, without what they are and whom they work for."""
    people = [words(one) or "" for one in descendants(byline, "person")]
    if people:
        return "; ".join(people)
    titles = " ".join(words(one) or "" for one in children(byline, "byttl"))
    return (words(byline) or "").removesuffix(titles).strip()


def _address(data: Element | None) -> str | None:
    stated = "" if data is None else data.get("ex-ref", "")
    return stated if stated.startswith(("http:", "https:")) else None
