"""Who wrote the article of a saved page."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from lxml.html import HtmlElement

from retriever.corpus.formats.webpage.furniture import is_of_others
from retriever.corpus.formats.webpage.jsonld import ArticleData

_METAS = (
    "author article:author dc.creator dcterms.creator byl parsely-author sailthru.author"
    " citation_author og:article:author article.author authors dc.contributor"
).split()
_EDGE = " ,:·•|-–—"
_LONGEST = 120  # code points of one field; longer ones tell about the author
_MOST_WORDS = 6
_MOST_AUTHORS = 20
_MOST_PARTS = 30
_CLASS = re.compile(r"(?:^|[\s_-])(?:author|byline|writer|wrote)(?:$|[\s_-])", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"://|www\.|@|\d|\b(?:admin|administrator|editor|follow|contact|posts?|articles?|view|all|read"
    r"|more|comments?|share|subscribe|minutes?|updated|published|staff writer)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:recipe|written|posted|reported|story|words|text|article|reviewed|published)\s+)?"
    r"(?:by|von|par|por|da|di|door|av|af|автор|author|autor|auteur|autore)\b\s*:?(?:\s+|$)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s+(?:and|und|et|&)\s+|\s*[;|]\s*|,\s+(?:and\s+)?")
_MARKS: tuple[Callable[[HtmlElement], bool], ...] = (
    lambda element: "author" in element.get("itemprop", "").split(),
    lambda element: "author" in element.get("rel", "").split(),
    lambda element: _CLASS.search(element.get("class", "")) is not None,
)
"""What marks an author in the text, the most telling first."""


def find_authors(
    root: HtmlElement,
    metas: Mapping[str, list[str]],
    data: ArticleData,
    *,
    publisher: str | None,
) -> tuple[str, ...]:
    """Return the authors' names in their order, none where the page names nobody.

    JSON-LD comes before ``<meta>``, these before what is marked in the text. The publisher's own
    name counts only where no other is found.
    """
    own: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    for names in _candidate_names(root, metas, data, publisher):
        found = tuple(dict.fromkeys(names))[:_MOST_AUTHORS]
        others = tuple(name for name in found if not _same_name(name, publisher))
        if not people or set(people) < set(others):  # a later field may name more of them
            people = others or people
        own = own or found
    return people or own


def _candidate_names(
    root: HtmlElement, metas: Mapping[str, list[str]], data: ArticleData, publisher: str | None
) -> Iterator[list[str]]:
    """Yield the names of each place, the most telling first."""
    yield [name for stated in data.authors for name in split_names(stated, publisher=publisher)]
    for key in _METAS:
        yield [
            name
            for content in metas.get(key, [])
            for name in split_names(content, publisher=publisher)
        ]
    for marked in _MARKS:
        for element in root.iter("a", "span", "div", "p", "address", "li", "cite", "small", "h3"):
            if marked(element) and _is_small(element) and not _is_aside(element):
                yield split_names(_name_or_text(element), publisher=publisher)


def split_names(stated: str, *, publisher: str | None = None) -> list[str]:
    """Return the names in a byline: "By A and B" has two, a publisher's "A & B" is one."""
    text = _BY.sub("", " ".join(stated.split())).strip(_EDGE)
    if len(text) > _LONGEST:
        return []
    names = [text] if _same_name(text, publisher) else _JOINED.split(text)
    return [name for name in (part.strip(_EDGE) for part in names) if _is_name(name)]


def _is_name(text: str) -> bool:
    """Return whether a text may be the name of a person or a desk."""
    return (
        any(map(str.isalpha, text))
        and len(text.split()) <= _MOST_WORDS
        and not _NOT_A_NAME.search(text)
    )


def _is_small(element: HtmlElement) -> bool:
    """Return whether an element holds few others: a large one holds more than a byline."""
    return len(list(islice(element.iter(), _MOST_PARTS + 1))) <= _MOST_PARTS


def _is_aside(element: HtmlElement) -> bool:
    """Return whether an element belongs to comments or to other articles."""
    return any(map(is_of_others, (element, *element.iterancestors())))


def _name_or_text(element: HtmlElement) -> str:
    """Return the text of an element, of the part that is marked as the name if there is one."""
    named = element.find(".//*[@itemprop='name']")
    element = element if named is None else named
    return str(element.get("content") or element.text_content())


def _same_name(name: str, other: str | None) -> bool:
    return "".join(name.casefold().split()) == "".join((other or "").casefold().split())
