"""An article cut into passages: what is encoded, searched and ranked."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from retriever.records import Article, Passage, Span
from retriever.text.breaking import whole_cluster
from retriever.text.sentences import sentence_spans

CountTokens = Callable[[Sequence[str]], Sequence[int]]

_FULL_ENOUGH = 2 / 3
"""Share of the budget from which a passage may stop early, at a paragraph border."""

_SMALLEST_TAIL = 1 / 3
"""Share of the budget below which the last passage of a section shares with the one before."""

_MOST_CHARACTERS = 20
"""Per token. News has four to five; but a tokeniser may take 1,500 letters without a space for one
unknown word, and invisible characters for none, and such text must not make a giant passage."""

_WORD = re.compile(r"\S+")


def split_passages(article: Article, *, budget: int, count_tokens: CountTokens) -> list[Passage]:
    """Return the article as runs of whole neighbouring sentences of at most ``budget`` tokens.

    The passages are disjoint, in order, numbered from 0, and cover every character for which
    ``str.isspace()`` is false; none begins or ends with whitespace. One stops early at a paragraph
    border once it is fairly full, and the last two of a section are evened out. Text under
    different headings never shares a passage, nor does the body with its footnotes; a heading
    belongs to what follows it. A sentence longer than ``budget`` is cut at word borders.

    ``count_tokens`` gives the tokens of each text, without special ones, and must be additive
    over texts joined by whitespace, as subword tokenisers are.
    """
    sentences = sentence_spans(article.text, language=article.language or "en")
    units = _units(article.text, sentences, budget, count_tokens)
    return [
        Passage(article=article, start=start, end=end, ordinal=ordinal, heading=heading)
        for ordinal, (start, end, heading) in enumerate(
            (run[0].start, run[-1].end, heading)
            for heading, section in _sections(article, units)
            for run in _packed(section, budget)
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """What a passage is made of: a sentence, or a part of one that is over the budget."""

    start: int
    end: int
    tokens: int
    closes_paragraph: bool


def _units(
    text: str, sentences: Sequence[Span], budget: int, count_tokens: CountTokens
) -> list[_Unit]:
    """Return the sentences with their token counts, those over the budget cut into parts."""
    if not sentences:
        return []
    counts = _weights(text, sentences, count_tokens)
    units: list[_Unit] = []
    following = [span.start for span in sentences[1:]] + [len(text)]
    for span, tokens, then in zip(sentences, counts, following, strict=True):
        closes = "\n" in text[span.end : then] or then == len(text)
        parts = [(span, tokens)]
        if tokens > budget:
            parts = _parts(text, span, budget, count_tokens)
        units.extend(
            _Unit(
                start=part.start,
                end=part.end,
                tokens=part_tokens,
                closes_paragraph=closes and part.end == span.end,
            )
            for part, part_tokens in parts
        )
    return units


def _weights(text: str, spans: Sequence[Span], count_tokens: CountTokens) -> list[int]:
    """Return the tokens of each span, at least what the shortest fair count would be."""
    counts = count_tokens([span.of(text) for span in spans])
    return [
        max(tokens, 1, (span.end - span.start) // _MOST_CHARACTERS)
        for span, tokens in zip(spans, counts, strict=True)
    ]


def _parts(
    text: str, sentence: Span, budget: int, count_tokens: CountTokens
) -> list[tuple[Span, int]]:
    """Cut a sentence at word borders into parts of at most ``budget`` tokens."""
    words = list(_words(text, sentence, longest=max(1, budget // 4)))
    counts = _weights(text, words, count_tokens)
    parts: list[tuple[Span, int]] = []
    for word, tokens in zip(words, counts, strict=True):
        if parts and parts[-1][1] + tokens <= budget:
            last, before = parts[-1]
            parts[-1] = (Span(start=last.start, end=word.end), before + tokens)
        else:
            parts.append((word, tokens))
    return parts


def _words(text: str, sentence: Span, *, longest: int) -> Iterator[Span]:
    """Yield the words; one so long that it may pass the budget by itself comes in pieces.

    A quarter of the budget in characters is safe: a character has at most four bytes, and no
    tokeniser makes more than one token of a byte.
    """
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        start, end = match.span()
        while end - start > longest:
            cut = whole_cluster(text, start, start + longest)
            yield Span(start=start, end=cut)
            start = cut
        yield Span(start=start, end=end)


def _sections(article: Article, units: Sequence[_Unit]) -> Iterator[tuple[str | None, list[_Unit]]]:
    """Yield the text under each heading, footnotes apart, with the heading's words.

    A heading directly followed by another one shares the section of that one.
    """
    headings = sorted(article.headings)
    places = _places(units, headings, sorted(note.entry for note in article.footnotes))
    section: list[_Unit] = []
    last, has_body = _Place(heading=-1, in_heading=False, in_note=False), False
    for unit, place in zip(units, places, strict=True):
        moved = has_body and place.heading != last.heading
        if section and (moved or place.in_note != last.in_note):
            yield _words_of(article, headings, last), section
            section, has_body = [], False
        section.append(unit)
        last, has_body = place, has_body or not place.in_heading
    if section:
        yield _words_of(article, headings, last), section


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a unit stands: under which heading (-1: none), in its words, in a footnote's entry."""

    heading: int
    in_heading: bool
    in_note: bool


def _places(
    units: Sequence[_Unit], headings: Sequence[Span], notes: Sequence[Span]
) -> Iterator[_Place]:
    for unit in units:
        heading = bisect_right(headings, unit.start, key=_start) - 1
        note = bisect_right(notes, unit.end - 1, key=_start) - 1
        yield _Place(
            heading=heading,
            in_heading=heading >= 0 and unit.start < headings[heading].end,
            in_note=note >= 0 and unit.start < notes[note].end,
        )


def _start(span: Span) -> int:
    return span.start


def _words_of(article: Article, headings: Sequence[Span], place: _Place) -> str | None:
    return headings[place.heading].of(article.text) if place.heading >= 0 else None


def _packed(section: Sequence[_Unit], budget: int) -> Iterator[Sequence[_Unit]]:
    """Yield runs of units of at most ``budget`` tokens, a unit over the budget by itself."""
    totals = list(accumulate((unit.tokens for unit in section), initial=0))
    first, rest = 0, len(section)
    while first < rest:
        end = max(first + 1, bisect_right(totals, totals[first] + budget) - 1)
        if end < rest:
            end = _even_end(section, totals, first, budget) or _early_end(
                section, totals, first, end, budget
            )
        yield section[first:end]
        first = end


def _even_end(
    section: Sequence[_Unit], totals: Sequence[int], first: int, budget: int
) -> int | None:
    """Return where to part what fits into two passages, if a full one would leave a tiny tail."""
    total = totals[-1] - totals[first]
    if not budget < total <= budget * (1 + _SMALLEST_TAIL):
        return None
    ends = [
        end
        for end in range(first + 1, len(section))
        if max(totals[end] - totals[first], totals[-1] - totals[end]) <= budget
    ]

    def unevenness(end: int) -> tuple[float, int]:
        lean = abs(totals[end] - totals[first] - total / 2)
        return lean - (budget / 4 if section[end - 1].closes_paragraph else 0), end

    return min(ends, key=unevenness, default=None)


def _early_end(
    section: Sequence[_Unit], totals: Sequence[int], first: int, end: int, budget: int
) -> int:
    """Return the last paragraph border that leaves the passage fairly full, else ``end``."""
    for early in range(end, first, -1):
        if totals[early] - totals[first] < budget * _FULL_ENOUGH:
            break
        if section[early - 1].closes_paragraph:
            return early
    return end
