"""Where a text holds what is looked for: words, phrases, and words near each other.

The words of the text are those that the index counts, and each is compared as a whole, so that
numbers from the index and from texts are the same.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from retriever.mentions.expression import (
    AnyOf,
    Operand,
    Place,
    SoughtNear,
    SoughtPhrase,
    SoughtWord,
)
from retriever.mentions.patterns import pattern_of
from retriever.records import Span
from retriever.text.word_forms import WordForm, as_written, is_plain, word_forms

Match = tuple[Span, ...]
"""What was found in one place: a run of words, or the two that stand near each other."""


class SearchedText:
    """A text that is looked through; what it takes is made when it is first needed."""

    def __init__(
        self,
        text: str,
        *,
        plain: bool | None = None,
        sentences: Callable[[], Sequence[Span]] = tuple,
    ) -> None:
        """Take a text, whether it is plain if that is known, and what gives its sentences."""
        self.text = text
        self.plain = is_plain(text) if plain is None else plain
        self._sentences = sentences

    @cached_property
    def words(self) -> list[WordForm]:
        """The words of the text in order."""
        return word_forms(self.text)

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """For each form the numbers of the words that have it, ascending."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            found.setdefault(word.form, []).append(number)
        return found

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """Where the sentences stand, in order."""
        return self._sentences()


def matches(sought: Iterable[Place], text: SearchedText) -> list[Match]:
    """Return where a text holds any of what is sought, in order.

    Of matches that share a word the first counts, of those that begin with the same the longest:
    a place counts once, whatever of an expression finds it.
    """
    places = [*sought]
    phrases = tuple(one for one in places if isinstance(one, SoughtPhrase))
    found: list[Match] = [(span,) for span in _phrase_spans(phrases, text)]
    found += (pair for one in places if isinstance(one, SoughtNear) for pair in _near(one, text))
    if len(phrases) == len(places):
        return found
    return [*_disjoint(sorted(found, key=lambda match: (match[0].start, -match[-1].end)))]


def _disjoint(found: Iterable[Match]) -> Iterator[Match]:
    """Yield the matches that begin behind the end of the one before."""
    reached = 0
    for match in found:
        if match[0].start >= reached:
            reached = match[-1].end
            yield match


def _phrase_spans(phrases: tuple[SoughtPhrase, ...], text: SearchedText) -> list[Span]:
    """Return where phrases stand, in order, each place once."""
    if text.plain and (pattern := pattern_of(phrases)):
        return _spans(pattern, text)
    found = sorted(
        (span for phrase in phrases for span in _all_spans(phrase, text)),
        key=lambda span: (span.start, -span.end),
    )
    return [span for (span,) in _disjoint((span,) for span in found)]


def _near(sought: SoughtNear, text: SearchedText) -> Iterator[Match]:
    """Yield the pairs that are near each other and have no other such pair between them."""
    ones, others = (_shortest(_operand_spans(part, text)) for part in (sought.one, sought.other))
    pairs = {
        (first.start, second.end): (first, second)
        for first, second in (*_neighbours(ones, others), *_neighbours(others, ones))
        if _are_near(first, second, sought.most, text)
    }
    reached = -1
    for start, end in sorted(pairs, key=lambda pair: (pair[1], -pair[0])):
        if start > reached:
            reached = start
            yield pairs[start, end]


def _operand_spans(sought: Operand, text: SearchedText) -> Iterator[Span]:
    """Yield where a phrase, or one of several, stands."""
    if isinstance(sought, SoughtPhrase):
        pattern = pattern_of((sought,)) if text.plain and len(sought.words) == 1 else None
        yield from _spans(pattern, text) if pattern else _all_spans(sought, text)
    else:
        for part in sought.parts:
            if isinstance(part, SoughtPhrase | AnyOf):  # as the parser sees to
                yield from _operand_spans(part, text)


def _shortest(spans: Iterable[Span]) -> list[Span]:
    """Return the spans that have no other inside them: of "Xi Jinping" and "Xi" the latter."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.end, -span.start)):
        if not kept or span.start > kept[-1].start:
            kept.append(span)
    return kept


def _neighbours(firsts: list[Span], seconds: list[Span]) -> Iterator[tuple[Span, Span]]:
    """Yield each span with the next of the others behind it."""
    starts = [span.start for span in seconds]
    for first in firsts:
        at = bisect_left(starts, first.end)
        if at < len(seconds):
            yield first, seconds[at]


def _are_near(first: Span, second: Span, most: int | None, text: SearchedText) -> bool:
    """Tell whether at most so many words are between two spans, or one sentence holds both."""
    if most is not None:
        return len(word_forms(text.text[first.end : second.start])) <= most
    at = bisect_right(text.sentences, first.start, key=lambda sentence: sentence.start) - 1
    return at >= 0 and second.end <= text.sentences[at].end


def _spans(pattern: re.Pattern[str], text: SearchedText) -> list[Span]:
    return [Span(start=one.start(), end=one.end()) for one in pattern.finditer(text.text)]


def _all_spans(phrase: SoughtPhrase, text: SearchedText) -> list[Span]:
    """Return every run of words that is a phrase, word by word, those that overlap as well."""
    first, *others = phrase.words
    words, length = text.words, len(phrase.words)
    return [
        Span(start=words[start].start, end=words[start + length - 1].end)
        for start in _starts(first, text)
        if start + length <= len(words)
        and all(_is(word, start + place, text) for place, word in enumerate(others, 1))
    ]


def _starts(word: SoughtWord, text: SearchedText) -> list[int]:
    """Return the numbers of the words that are a word, ascending."""
    if word.prefix:
        own = (numbers for form, numbers in text.places.items() if form.startswith(word.form))
        return sorted(number for numbers in own for number in numbers)
    folded = text.places.get(word.folded, [])
    return [number for number in folded if _is(word, number, text)] if word.is_written else folded


def _is(word: SoughtWord, number: int, text: SearchedText) -> bool:
    """Tell whether a word of the text is the one that is sought."""
    own = text.words[number]
    if word.joined and text.words[number - 1].end != own.start:
        return False
    if word.is_written:
        return as_written(text.text[own.start : own.end]) == word.form
    return own.form.startswith(word.form) if word.prefix else own.form == word.form
