"""A quote with its reference, ready to be pasted: as plain text, Markdown or HTML.

Read from a quote as ``Quote.to_dict()`` gives it, so that a saved answer is as good as a new one.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar
from urllib.parse import urlsplit

from retriever.errors import QuestionError

_T = TypeVar("_T", str, int)

# What CommonMark or GitHub's Markdown may take for a mark: everywhere, in an address that would
# become a link by itself, and at the start of a line. All may stand behind a backslash.
_MARKS = re.compile(r"([\\`*_\[\]<>|~$&#@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_LINE_MARKS = re.compile(r"^([-+=]|\d+(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a quote says and where it stands; what is not known is ``None``.

    ``url`` is an http or https address or ``None``. ``published`` is an ISO date of any precision.
    """

    text: str
    speaker: str | None
    article: str
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    url: str | None
    path: str
    sha256: str
    start: int
    end: int

    @property
    def place(self) -> str:
        """The file and the code points that the quote stands at."""
        return f"{self.path} [{self.start}:{self.end}]"


def reference_of(quote: object) -> Reference:
    """Return the reference of a quote as ``ask --json`` printed it.

    :raises QuestionError: when it is no such quote.
    """
    article = quote.get("article") if isinstance(quote, Mapping) else None
    if not isinstance(quote, Mapping) or not isinstance(article, Mapping):
        message = f"not a quote with its article: {str(quote)[:80]!r}; give what --json printed"
        raise QuestionError(message)
    return Reference(
        text=_needed(quote, "text", str),
        speaker=_known(quote, "speaker"),
        article=_needed(article, "id", str),
        title=_known(article, "title"),
        author=_known(article, "author"),
        publisher=_known(article, "publisher"),
        published=_known(article, "published"),
        url=web_address(_known(article, "url")),
        path=_known(article, "path") or _needed(article, "id", str),
        sha256=_known(article, "sha256") or "",
        start=_needed(quote, "start", int),
        end=_needed(quote, "end", int),
    )


def as_plain(reference: Reference) -> str:
    """Return the quote and, below it, who says so and where."""
    title = f"“{reference.title}”" if reference.title else None
    return f"“{reference.text}”\n— {_source(reference, title, reference.url)}"


def as_markdown(reference: Reference) -> str:
    """Return the quote as a Markdown block quote with its source; nothing in it is markup."""
    title = f"*{markdown(' '.join(reference.title.split()))}*" if reference.title else None
    link = f"<{reference.url}>" if reference.url else None
    source = _source(_escaped(reference, markdown), title, link)
    return f"{_block(f'“{reference.text}”')}\n>\n> — {source}"


def as_html(reference: Reference) -> str:
    """Return the quote as an HTML figure; its values are escaped."""
    title = f"<cite>{html.escape(reference.title)}</cite>" if reference.title else None
    address = html.escape(reference.url) if reference.url else None
    link = f'<a href="{address}">{address}</a>' if address else None
    cite = f' cite="{address}"' if address else ""
    source = _source(_escaped(reference, html.escape), title, link)
    words = html.escape(reference.text).replace("\n", "<br>\n")
    return (
        f"<figure><blockquote{cite}><p>“{words}”</p></blockquote>"
        f"<figcaption>— {source}</figcaption></figure>"
    )


FORMS = {"Plain text": as_plain, "Markdown": as_markdown, "HTML": as_html}


def markdown(text: str) -> str:
    """Return text as Markdown that shows exactly it; line breaks become blanks in a paragraph."""
    escaped = _MARKS.sub(r"\\\1", text)
    escaped = _LINE_MARKS.sub(_behind_backslash, escaped)
    return _INDENT.sub(lambda blank: "".join(f"&#{ord(b)};" for b in blank.group()), escaped)


def web_address(url: str | None) -> str | None:
    """Return an http or https address as it is; ``None`` for everything else.

    An address with a name before its host, or with what no address holds unescaped, is not one to
    follow: it may show one host and lead to another.
    """
    if url is None or any(character <= " " or character in '"<>\\' for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    named = parts.scheme.lower() in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    return url if named else None


def _source(reference: Reference, title: str | None, link: str | None) -> str:
    """Return who says so, in what, by whom, where and when; parts are escaped already."""
    said_by = f"{reference.speaker}, in: " if reference.speaker else ""
    known = [title, reference.author, reference.publisher, reference.published or "undated", link]
    return said_by + ", ".join(part for part in (*known, reference.place) if part)


def _behind_backslash(start: re.Match[str]) -> str:
    mark = start.group()
    # A number begins a list only with the point behind it.
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _block(text: str) -> str:
    """Return a Markdown block quote that keeps the line breaks of the text."""
    lines = [markdown(line) for line in _BREAK.split(text)]
    ended = [
        f"{line}\\" if line.strip() and following.strip() else line
        for line, following in pairwise([*lines, ""])
    ]
    return "\n".join(f"> {line}".rstrip(" ") for line in ended)


def _escaped(reference: Reference, escape: Callable[[str], str]) -> Reference:
    """Return the reference with every text but the quote's own escaped for one line."""

    def one_line(value: str | None) -> str | None:
        return escape(" ".join(value.split())) if value else None

    return replace(
        reference,
        speaker=one_line(reference.speaker),
        author=one_line(reference.author),
        publisher=one_line(reference.publisher),
        published=one_line(reference.published),
        path=one_line(reference.path) or "",
    )


def _needed(values: Mapping[str, object], name: str, kind: type[_T]) -> _T:
    value = values.get(name)
    if type(value) is not kind:
        message = f"a quote whose {name!r} is {value!r:.60}; give what --json printed"
        raise QuestionError(message)
    return value


def _known(values: Mapping[str, object], name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) and value.strip() else None
