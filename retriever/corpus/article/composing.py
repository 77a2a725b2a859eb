"""From the paragraphs that a reader found, and what it knows about them, to an article."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from retriever.corpus.article.footnotes import find_footnotes
from retriever.corpus.source import text_digest
from retriever.errors import UnreadableError
from retriever.records import Article, Failure, Footnote, Published, Span

_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_LONGEST_LINE = 2_000  # code points: a long address

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, list item or line as a reader found it.

    ``page`` counts from 1; at each offset in ``turns`` the next page begins. ``tight`` says that
    only a line break parts it from the one before, as in a list or a table. ``verbatim`` keeps
    blanks and indentation: program text.
    """

    text: str
    heading: bool = False
    page: int | None = None
    turns: tuple[int, ...] = ()
    tight: bool = False
    verbatim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a source states about an article; ``None`` or empty where it is silent."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: Published | None = None
    updated: Published | None = None
    url: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()


def compose(
    paragraphs: Iterable[Paragraph],
    about: About,
    *,
    path: str,
    article_id: str | None = None,
    pages: int = 0,
) -> Article:
    """Return the article that the paragraphs make, parted by blank lines.

    A first paragraph that only repeats the title is left out. No word is changed: blanks are made
    single and control characters left out. ``pages`` is how many pages the source has.

    :raises UnreadableError: when there is no text.
    """
    kept = _without_title(list(_cleaned(paragraphs)), about.title)
    text, spans = _laid_out(kept)
    if not text:
        raise UnreadableError("holds no text of an article")
    headings = [span for span, one in zip(spans, kept, strict=True) if one.heading]
    footnotes = find_footnotes(text)
    article = assemble(
        text, about, path=path, article_id=article_id, headings=headings, footnotes=footnotes
    )
    return replace(article, pages=_page_spans(kept, spans, pages, len(text))) if pages else article


def assemble(
    text: str,
    about: About,
    *,
    path: str,
    article_id: str | None = None,
    headings: Iterable[Span] = (),
    footnotes: tuple[Footnote, ...] = (),
) -> Article:
    """Return the article of a text that is as it shall be; its id is its path unless given."""
    return Article(
        id=article_id or path,
        path=path,
        text=text,
        sha256=text_digest(text),
        title=about.title,
        author=", ".join(about.authors) or None,
        publisher=about.publisher,
        published=about.published,
        url=about.url,
        language=about.language,
        headings=tuple(headings),
        footnotes=footnotes,
        updated=about.updated,
        authors=about.authors,
        warnings=about.warnings,
    )


def articles_of_parts(
    parts: Iterable[tuple[int, _Part]], read: Callable[[_Part, str], Article], path: str, kind: str
) -> Iterator[Article | Failure]:
    """Yield the article of each part of a file, or the failure that names its ``kind`` and number.

    ``read`` is handed the part and its place, ``path#number``, which calls it if it has no id; an
    id that was used before gets the place added.
    """
    seen: set[str] = set()
    for number, part in parts:
        place = f"{path}#{number}"
        try:
            article = read(part, place)
        except UnreadableError as error:
            yield Failure(path=path, reason=f"{kind} {number} {error}")
            continue
        if article.id in seen:
            article = replace(article, id=f"{article.id}@{place}")
        seen.add(article.id)
        yield article


def one_line(text: str | None) -> str | None:
    """Return a title, name or address on one line, ``None`` if nothing is left of it."""
    words = " ".join(_CONTROL.sub("", text or "").split())
    return words[:_LONGEST_LINE] or None


def folded_words(text: str) -> str:
    """Return the words of a text without regard to case and blanks, to compare it with another."""
    return " ".join(text.split()).casefold()


def _cleaned(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs that hold something, each line of a paragraph trimmed."""
    for one in paragraphs:
        lines = _LINE_BREAK.split(one.text)
        if one.verbatim:
            kept = [_CONTROL.sub("", line).rstrip() for line in lines]
        else:
            kept = [_BLANKS.sub(" ", _CONTROL.sub("", line)).strip() for line in lines]
            kept = [line for line in kept if line]
        text = "\n".join(kept).strip("\n")
        if text.strip():
            yield replace(one, text=text, heading=one.heading and "\n" not in text)


def _without_title(paragraphs: list[Paragraph], title: str | None) -> list[Paragraph]:
    """Leave out a first paragraph that is the title, unless it is all there is."""
    if len(paragraphs) > 1 and title and folded_words(paragraphs[0].text) == folded_words(title):
        return paragraphs[1:]
    return paragraphs


def _laid_out(paragraphs: Sequence[Paragraph]) -> tuple[str, list[Span]]:
    """Return the text, and where in it each paragraph stands."""
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    for one in paragraphs:
        gap = "" if not parts else "\n" if one.tight else "\n\n"
        start = length + len(gap)
        length = start + len(one.text)
        parts.extend((gap, one.text))
        spans.append(Span(start=start, end=length))
    return "".join(parts), spans


def _page_spans(
    paragraphs: Sequence[Paragraph], spans: Sequence[Span], pages: int, length: int
) -> tuple[Span, ...]:
    """Return where each page begins and ends; between them they cover the text."""
    starts: dict[int, int] = {}
    for one, span in zip(paragraphs, spans, strict=True):
        for page, offset in enumerate((0, *one.turns), one.page or 1):
            starts.setdefault(page, span.start + offset)
    found: list[Span] = []
    end = length
    for page in range(pages, 0, -1):
        start = 0 if page == 1 else min(starts.get(page, end), end)
        found.append(Span(start=start, end=end))
        end = start
    return tuple(reversed(found))
