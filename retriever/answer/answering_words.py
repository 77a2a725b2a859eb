"""Which words of a quote are marked as those that answer: what a reader points at, in whole words.

The words stay the article's own: only where the mark begins and ends is decided here.
"""

import re
import unicodedata

from retriever.records import Span

# What a mark does not cut in two: a word with the accents on its letters, a number with what stands
# between its digits ("1,000", "2.5", "9:30").
_WHOLE = re.compile(r"\d+(?:[.,:]\d+)+|[\w\u0300-\u036f]+")
# Punctuation by its Unicode category that says something of an amount or a name.
_TELLING = frozenset("%‰§#@&°")
_OPENING = {"“": "”", "„": "“", "‘": "’", "«": "»", "(": ")", "[": "]", '"': '"'}
_CLOSING = {"”": "“„", "“": "„", "’": "‘", "»": "«", ")": "(", "]": "[", '"': '"'}
# "U.S.", "p.m.": the last point is part of the word.
_ABBREVIATED = re.compile(r"(?:\b\w\.){2,}$")


def answering_words(
    text: str, *, quote: Span, pointed_at: Span | None, score: float, least: float
) -> Span | None:
    """Return the span of the answering words in an article's ``text``, or ``None`` where unsure.

    ``pointed_at`` is what the reader points at in a sentence of the ``quote``, and ``score`` how
    sure it is; higher is surer, and below ``least``, or where it is no number, nothing is marked,
    nor is anything that does not stand inside the quote. Words that are cut in two are taken whole,
    then blanks and punctuation at both ends are left out, except for what belongs to the words:
    signs of amounts, a minus before its number, the last point of an abbreviation, and a quotation
    mark or bracket whose counterpart is marked too. What is returned is never blank.
    """
    if pointed_at is None or not score >= least or not pointed_at.is_part_of(quote):
        return None
    trimmed = _trimmed(text, _in_whole_words(text, pointed_at, quote))
    return trimmed if trimmed.is_part_of(quote) else None


def _in_whole_words(text: str, span: Span, quote: Span) -> Span:
    """Return the span, wider by the rest of each word of the quote that it cuts in two."""
    start, end = span.start, span.end
    for word in _WHOLE.finditer(text, quote.start, quote.end):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    return Span(start=start, end=end)


def _trimmed(text: str, span: Span) -> Span:
    """Return the span without what does not belong to the words at its ends; it may be empty."""
    start, end = span.start, span.end
    while start < end:
        if not _belongs_first(text[start:end]):
            start += 1
        elif not _belongs_last(text[start:end]):
            end -= 1
        else:
            break
    return Span(start=start, end=end)


def _belongs_first(words: str) -> bool:
    first, rest = words[0], words[1:]
    if first in _OPENING:
        return _OPENING[first] in rest
    if unicodedata.category(first) == "Pd":
        return rest[:1].isdigit()
    return _tells(first)


def _belongs_last(words: str) -> bool:
    last, rest = words[-1], words[:-1]
    if last in _CLOSING:
        return any(mark in rest for mark in _CLOSING[last])
    return _tells(last) or bool(_ABBREVIATED.search(words))


def _tells(character: str) -> bool:
    """Tell whether a character is neither blank, punctuation nor one that is not seen."""
    return character in _TELLING or unicodedata.category(character)[0] not in "PZC"
