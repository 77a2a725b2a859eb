"""The quotations of a draft: in quotation marks or in blocks, and the parts that they consist of.

An editor's marks part a quotation: "…", "(...)" and "[…]" leave words out, "[the mayor]" stands for
others. "[sic]" and the brackets of "[T]he" part nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from retriever.drafts.tokens import OMISSION, SourceToken, tokens
from retriever.records import Span
from retriever.text.quotations import quotation_spans

_BLOCK = re.compile(r"(?:^ {0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_BLOCK_MARK = re.compile(r"^ {0,3}>(?: ?>)*", re.MULTILINE)
_WHO_SAYS = re.compile(r"(?:\A|\n)[^\S\n]*(?:[—–―]|--)[^\n]*\Z")  # the last line of a block
# With the blanks inside; were these read apart, a thousand of them took a second.
_BRACKETS = re.compile(r"[\[(](?P<inside>[^\[\]()]{0,160})[\])]")
_ONLY_OMITS = re.compile(r"…|\.\s?\.\s?\.(?:\s?\.)?")
_SIC = re.compile(r"sic[.!]?", re.IGNORECASE)
_ENDS = "!?"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuotation:
    """A quotation at ``span``, its marks included: the tokens of each part, of words outwards.

    ``ends_with`` is the mark behind its last word where that says more than that it ends.
    """

    span: Span
    parts: tuple[tuple[SourceToken, ...], ...]
    ends_with: str = ""

    @property
    def words(self) -> int:
        """How many words are quoted."""
        return sum(token.is_word for part in self.parts for token in part)


def draft_quotations(text: str) -> Iterator[DraftQuotation]:
    """Yield the quotations of a draft that hold a word, in order; one inside another is part of it.

    A block of lines that begin with ">" is one.
    """
    blocks = [
        Span(start=match.start(), end=match.start() + len(match.group().rstrip()))
        for match in _BLOCK.finditer(text)
    ]
    for span in sorted([*blocks, *_outside(blocks, quotation_spans(text))]):
        found = _quotation_at(text, span)
        if found.words:
            yield found


def _outside(blocks: Sequence[Span], spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans that share nothing with a block; blocks are in order and disjoint."""
    ends = [block.end for block in blocks]
    for span in spans:
        at = bisect_right(ends, span.start)
        if at == len(blocks) or blocks[at].start >= span.end:
            yield span


def _quotation_at(text: str, span: Span) -> DraftQuotation:
    shown = _WHO_SAYS.sub(_blank, _BLOCK_MARK.sub(_blank, span.of(text)))
    shown, gaps = _without_editing(shown)
    found = tokens(shown, at=span.start)
    parts: list[list[SourceToken]] = [[]]
    place = span.start
    for token in found:
        if bisect_left(gaps, place - span.start) < bisect_right(gaps, token.start - span.start):
            parts.append([])
        if token.exact == OMISSION:
            parts.append([])
        else:
            parts[-1].append(token)
        place = token.end
    last = next((token for token in reversed(found) if token.is_word), None)
    ends = [token.exact for token in found if last and token.start >= last.end]
    return DraftQuotation(
        span=span,
        parts=tuple(core for part in parts if (core := _from_word_to_word(part))),
        ends_with=next((mark for mark in ends if mark in _ENDS), ""),
    )


def _without_editing(shown: str) -> tuple[str, list[int]]:
    """Return a quotation with what an editor put in blanked, and where that parts it, ascending."""
    gaps: list[int] = []

    def replaced(match: re.Match[str]) -> str:
        inside = match["inside"].strip()
        if "\n" in inside:
            return match.group()
        if _ONLY_OMITS.fullmatch(inside):
            gaps.append(match.start())
        elif match.group()[0] == "(":
            return match.group()  # the brackets of whoever is quoted
        elif len(inside) == 1 and inside.isalpha() and shown[match.end() :][:1].isalpha():
            return f"\u200b{inside}\u200b"  # [T]he: one word again, of the same length
        elif not _SIC.fullmatch(inside):
            gaps.append(match.start())
        return _blank(match)

    return _BRACKETS.sub(replaced, shown), gaps


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"\S", " ", match.group())


def _from_word_to_word(part: list[SourceToken]) -> tuple[SourceToken, ...]:
    """Return a part without the marks before its first word and behind its last."""
    words = [n for n, token in enumerate(part) if token.is_word]
    return tuple(part[words[0] : words[-1] + 1]) if words else ()
