"""A quote with its reference: what it says, where it stands, and the line that says so.

Read from a quote as ``Quote.to_dict()`` gives it, so that a saved answer is as good as a new one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from retriever.errors import QuestionError
from retriever.records import PartialDate, Print, Span, Version, prints_in_words
from retriever.records.serialization import read_as

_Words = Annotated[str, msgspec.Meta(min_length=1)]
_REMEDY = "give what `quotidian ask --json` printed"


class StatedDay(msgspec.Struct, frozen=True):
    """The day that a weekday of the quote means, in the program's own words."""

    text: _Words


class StatedPrint(msgspec.Struct, frozen=True):
    """Another article that prints the quote, as an answer names it."""

    id: _Words
    title: str | None = None
    publisher: str | None = None
    published: str | None = None


class StatedVersion(msgspec.Struct, frozen=True):
    """Another version of the quoted article, as an answer names it."""

    id: _Words
    title: str | None = None
    dated: str | None = None
    later: bool = False
    same_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a quote says and where it stands; what is not known is ``None``.

    ``url`` is an http or https address or ``None``. ``published`` is an ISO date of any precision.
    ``answering`` is the span, in the article, of the words that answer; answers that were saved
    before there were any have none. It does not tell two references apart: they cite one quote.
    """

    text: _Words
    start: int
    end: int
    speaker: str | None = None
    article: _Words
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    path: str = ""
    sha256: str = ""
    answering: Span | None = field(default=None, compare=False)
    when: tuple[StatedDay, ...] = field(default=(), compare=False)
    prints: tuple[StatedPrint, ...] = field(default=(), compare=False)
    versions: tuple[StatedVersion, ...] = field(default=(), compare=False)

    @property
    def printed(self) -> list[str]:
        """Who else printed the quoted words, and which versions the article has, a line each."""
        own = Print(id=self.article, title=self.title, publisher=self.publisher,
                    published=self.published)  # fmt: skip
        others = [Print(**msgspec.structs.asdict(one)) for one in self.prints]
        versions = [Version(**msgspec.structs.asdict(one)) for one in self.versions]
        lines = [prints_in_words(own, others), *(f"{one.in_words()}: {one.id}" for one in versions)]
        return [line for line in lines if line]

    @property
    def place(self) -> str:
        """The file and the code points that the quote stands at."""
        return f"{self.path} [{self.start}:{self.end}]"

    @property
    def span(self) -> Span:
        """Where the quote stands in its article."""
        return Span(start=self.start, end=self.end)

    @property
    def answering_in_text(self) -> Span | None:
        """Where in ``text`` the answering words stand, if there are any."""
        if self.answering is None:
            return None
        return Span(start=self.answering.start - self.start, end=self.answering.end - self.start)

    @property
    def date(self) -> PartialDate | None:
        """When it was published, where ``published`` is a date."""
        try:
            return PartialDate.parse(self.published or "")
        except ValueError:
            return None


def reference_of(quote: object) -> Reference:
    """Return the reference of a quote as ``ask --json`` printed it.

    :raises QuestionError: when it is no such quote.
    """
    article = quote.get("article") if isinstance(quote, Mapping) else None
    if not isinstance(quote, Mapping) or not isinstance(article, Mapping):
        raise QuestionError(f"not a quote with its article: {str(quote)[:80]!r}; {_REMEDY}")
    stated = {**article, "speaker": quote.get("speaker")}
    known = {name: value for name, value in stated.items() if str(value or "").strip()}
    known |= {"article": article.get("id")}
    known |= {name: quote.get(name) for name in ("text", "start", "end", "answering")}
    known |= {name: quote.get(name) or () for name in ("when", "prints", "versions")}
    try:
        read = read_as(known, Reference)
    except ValueError as error:
        raise QuestionError(f"a quote that cannot be used: {error}; {_REMEDY}") from error
    return replace(
        read,
        url=web_address(read.url),
        path=read.path or read.article,
        answering=_answering_inside(read),
    )


def _answering_inside(read: Reference) -> Span | None:
    """Return the answering words; ``None`` for what are none of the quote's, as in ``Quote``."""
    inside = read.answering_in_text
    whole = Span(start=0, end=len(read.text))
    holds = inside and inside.is_part_of(whole) and inside.of(read.text).strip()
    return read.answering if holds else None


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


def reference_line(reference: Reference, title: str | None, link: str | None) -> str:
    """Return who says so, in what, by whom, where and when; parts are escaped already."""
    said_by = f"{reference.speaker}, in: " if reference.speaker else ""
    known = [title, reference.author, reference.publisher, reference.published or "undated", link]
    return said_by + ", ".join(part for part in (*known, reference.place) if part)


def escaped_for_line(reference: Reference, escape: Callable[[str], str]) -> Reference:
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
