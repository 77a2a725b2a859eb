"""What a page states about its article in JSON-LD, the vocabulary of schema.org."""

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

_MOST_NODES = 5_000  # of one page: real pages have fewer than a hundred
_ARTICLE = re.compile(r"Article$|^(?:Blog|LiveBlog|SocialMedia)Posting$|^Report$")
_PAGE = re.compile(r"Page$|^CreativeWork$")
_AROUND = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>|;)\s*$")
_LOOSE_COMMA = re.compile(r",\s*([}\]])")
_FIELD = r'"%s"\s*:\s*"((?:[^"\\]|\\.){1,500})"'
_SCALARS = ("headline", "datePublished", "dateModified")

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleData:
    """What JSON-LD says of the article; what it does not say is empty."""

    headline: str = ""
    body: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    language: str = ""


def read_jsonld(root: HtmlElement) -> ArticleData:
    """Return what the page's JSON-LD says of its article.

    The first node of an article type counts, else the first that describes the page. Broken JSON is
    mended where it is only careless; of what is past mending, the plain fields are still read.
    """
    nodes: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in script.get("type", "").lower():
            nodes.extend(_nodes_of_script(script.text or "", _MOST_NODES - len(nodes)))
    named = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    for kind in (_ARTICLE, _PAGE):
        for node in nodes:
            if any(kind.search(name) for name in _texts_of(node.get("@type"))):
                return _article_data(node, named)
    return ArticleData()


def _nodes_of_script(text: str, most: int) -> Iterator[Node]:
    """Yield every object of one script in the order of the text, at most so many."""
    waiting: list[Any] = [_parse_script(text)]
    count = 0
    while waiting and count < most:
        value = waiting.pop()
        count += 1
        if isinstance(value, Mapping):
            yield value
            waiting.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            waiting.extend(reversed(value))


def _parse_script(text: str) -> object:
    """Return the value of a script, the plain fields of an article if it is no JSON."""
    bare = _AROUND.sub("", _AROUND.sub("", text.strip()))
    for attempt in (bare, _LOOSE_COMMA.sub(r"\1", bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    found = {name: re.search(_FIELD % name, bare) for name in _SCALARS}
    plain = {name: match[1].replace('\\"', '"') for name, match in found.items() if match}
    return {"@type": "Article", **plain} if plain else None


def _article_data(node: Node, named: Mapping[str, Node]) -> ArticleData:
    page = node.get("mainEntityOfPage")
    url = node.get("url") or (page.get("@id") if isinstance(page, Mapping) else page)
    return ArticleData(
        headline=_first_text(node.get("headline") or node.get("name")),
        body=html.unescape(_first_text(node.get("articleBody"), keep_lines=True)),
        published=_first_text(node.get("datePublished")),
        updated=_first_text(node.get("dateModified")),
        authors=tuple(_agent_names(node.get("author") or node.get("creator"), named)),
        publisher=next(_agent_names(node.get("publisher"), named), ""),
        url=_first_text(url),
        language=_first_text(node.get("inLanguage")),
    )


def _first_text(value: object, *, keep_lines: bool = False) -> str:
    """Return the first text of a value, its entities and blanks undone."""
    text = next(_texts_of(value), "")
    return text if keep_lines else " ".join(html.unescape(text).split())


def _texts_of(value: object) -> Iterator[str]:
    """Yield a text or the texts of a list."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, str):
            yield part
        elif isinstance(part, Mapping) and isinstance(part.get("@value"), str):
            yield part["@value"]


def _agent_names(value: object, named: Mapping[str, Node]) -> Iterator[str]:
    """Yield the names of people or organisations, given as text, as objects or by reference."""
    for part in value if isinstance(value, list) else [value]:
        if isinstance(part, str):
            yield from filter(None, [_first_text(part)])
        elif isinstance(part, Mapping):
            whole = part if "name" in part else named.get(str(part.get("@id")), part)
            names = [_first_text(name) for name in _texts_of(whole.get("name"))]
            yield from filter(None, names)
