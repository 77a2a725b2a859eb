"""Where the sentences of a text stand.

The cutting is done by the library ``sentencex``; what news needs beyond it is written as small
named rules in :mod:`retriever.text.sentence_rules`. A quotation of several sentences stays one
sentence up to :data:`LONGEST_QUOTATION`, so that its words are never shown without the quotation
marks and the speaker that the article gives them.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from retriever.records import Span
from retriever.text.breaking import break_long, trimmed
from retriever.text.paragraphs import paragraph_spans
from retriever.text.sentence_rules import extra_cuts, goes_on, has_word, settled

LONGEST_SENTENCE = 1500
"""Code points; beyond it a "sentence" is a table or a list, and is broken at its weakest places."""

LONGEST_QUOTATION = 500
"""Code points; a quotation longer than this is cut at the sentences within it.

Of 85,450 sentences of the measured news (realtimeqa, fnc1, polnear, basil) 93 are longer.
"""

_BLOCK = 10_000  # sentencex needs quadratic time on unpaired quotation marks: 36 s for 1 MB of them
_SENTENCE_END = re.compile(r"[.!?…]\s+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_QUOTATION_MARKS = re.compile("[\"'“”‘’„«»]")
# A stop with the closing marks and note marks after it, or the end of a quotation.
_FINISHED = re.compile(
    r"""(?:[.!?…:;\u3002\uff01\uff1f\u0964][\"'”’»)\]]*(?:\s*\[\w{1,4}\])*|[\"”’»])\s*$"""
)


def sentence_spans(text: str, *, language: str = "en") -> list[Span]:
    """Return the sentences of ``text``: in order, disjoint, without whitespace at either end.

    Together they cover every character for which ``str.isspace()`` is false. None is longer than
    :data:`LONGEST_SENTENCE`, and none crosses a paragraph border (see
    :func:`~retriever.text.paragraphs.paragraph_spans`). ``language`` is a code such as ``de``; one
    that the library does not know is read as English. Takes time linear in the length of the text.
    """
    # Rust takes no lone surrogates; one character for one keeps every offset.
    clean = _SURROGATES.sub("\ufffd", text)
    code = language.lower().partition("-")[0] or "en"
    return [
        Span(start=piece[0], end=piece[1])
        for start, end in paragraph_spans(clean)
        for sentence in _sentences(clean, start, end, code)
        for piece in break_long(clean, *sentence, limit=LONGEST_SENTENCE)
    ]


def is_finished(sentence: str) -> bool:
    """Tell whether ``sentence`` ends as sentences do; captions, teasers and list entries do not."""
    return _FINISHED.search(sentence) is not None


def _sentences(text: str, start: int, end: int, code: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of one paragraph, long quotations opened."""
    for sentence in _cut(text, start, end, code):
        if sentence[1] - sentence[0] > LONGEST_QUOTATION:
            yield from _cut(text, *sentence, code, inside_quotations=True)
        else:
            yield sentence


def _cut(
    text: str, start: int, end: int, code: str, *, inside_quotations: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield ``text[start:end]`` cut by the library, its cuts repaired by the rules."""
    shown = _QUOTATION_MARKS.sub(" ", text[start:end]) if inside_quotations else text[start:end]
    cuts = {start + cut for cut in _library_cuts(shown, code)}
    cuts.update(extra_cuts(text, start, end, code))
    edges = sorted({settled(text, cut, start, end) for cut in cuts} | {start, end})
    left, worded = start, False
    for piece, following in pairwise([*pairwise(edges), (end, end)]):
        worded = worded or has_word(text, piece)
        last = piece[1] == end
        if not last and (not worded or goes_on(text, (left, piece[1]), following, code)):
            continue
        span = trimmed(text, left, piece[1])
        if span[0] < span[1]:
            yield span
        left, worded = piece[1], False


def _library_cuts(paragraph: str, code: str) -> Iterator[int]:
    """Yield where sentencex begins a sentence, 0 included, reading blocks of bounded length."""
    for start, end in break_long(
        paragraph, 0, len(paragraph), limit=_BLOCK, weakest=(_SENTENCE_END,)
    ):
        for boundary in get_sentence_boundaries(code, paragraph[start:end]):
            yield start + boundary["start_index"]
