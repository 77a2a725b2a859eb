"""Which words of a quote are marked as those that answer: what a reader points at, in whole words.

The words stay the article's own: only where the mark begins and ends is decided here.
"""

import re
import unicodedata

from retriever.records import Span
from retriever.text.quotations import quotation_spans

# What stands between the digits of a number is part of it: "1,000", "2.5", "9:30".
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)+")
# How the Unicode names of letters begin whose scripts put no blank between words. Each stands for
# itself, lest a whole sentence be taken for one word.
_UNSPACED = (
    "CJK ",
    "HALFWIDTH KATAKANA",
    "HIRAGANA",
    "IDEOGRAPHIC ",
    "KATAKANA",
    "KHMER ",
    "LAO ",
    "MYANMAR ",
    "THAI ",
)
_VIRAMA = 9  # the combining class of what ties a letter to the next: both are read as one
_JOINERS = frozenset("\u200c\u200d")  # stand inside words of Indic and Arabic scripts
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
    nor is anything that does not stand inside the quote. Of what runs out of a quotation, as in
    "peace,” the minister added", the words inside it are left. Words that are cut in two are taken
    whole, then blanks and punctuation at both ends are left out, except for what belongs to the
    words: signs of amounts, a minus before its number, the last point of an abbreviation, and a
    quotation mark or bracket whose counterpart is marked too. What is returned is never blank.
    """
    if pointed_at is None or not score >= least or not pointed_at.is_part_of(quote):
        return None
    one_voice = _without_attribution(text, pointed_at, quote)
    trimmed = _trimmed(text, _in_whole_words(text, one_voice, quote))
    return trimmed if trimmed.is_part_of(quote) else None


def _without_attribution(text: str, span: Span, quote: Span) -> Span:
    """Return the span up to the end of the quotation of the quote that it begins in."""
    for own in quotation_spans(quote.of(text)):
        start, end = quote.start + own.start, quote.start + own.end
        if start < span.start < end < span.end:
            return Span(start=span.start, end=end)
    return span


def _in_whole_words(text: str, span: Span, quote: Span) -> Span:
    """Return the span, wider by the rest of each word of the quote that it cuts in two."""
    start, end = span.start, span.end
    for number in _NUMBER.finditer(text, quote.start, quote.end):
        if number.start() < start < number.end():
            start = number.start()
        if number.start() < end < number.end():
            end = number.end()
    while quote.start < start < quote.end and _are_one_word(text[start - 1], text[start]):
        start -= 1
    while quote.start < end < quote.end and _are_one_word(text[end - 1], text[end]):
        end += 1
    return Span(start=start, end=end)


def _are_one_word(before: str, after: str) -> bool:
    """Tell whether two characters in a row are not to be parted."""
    if _is_joined(after) or unicodedata.combining(before) == _VIRAMA:
        return not before.isspace()
    return _is_of_word(before) and _is_of_word(after)


def _is_of_word(character: str) -> bool:
    if _stands_alone(character):
        return False
    return character.isalnum() or character == "_" or _is_joined(character)


def _is_joined(character: str) -> bool:
    """Tell whether it is an accent, a vowel sign or the like, on the character before it."""
    return character in _JOINERS or unicodedata.category(character)[0] == "M"


def _stands_alone(character: str) -> bool:
    is_letter = unicodedata.category(character)[0] == "L"
    return is_letter and unicodedata.name(character, "").startswith(_UNSPACED)


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
