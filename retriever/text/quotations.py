"""What of a text stands in quotation marks: in “…”, "…", ‘…’, '…', „…“, «…» and their like.

A quotation may open in one paragraph and close in a later one. English opens every further
paragraph of it with a mark again and closes it once; other texts open it once. A mark that nothing
closes opens no quotation, so that a slip of the typesetter does not quote the rest of an article.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from retriever.records import Span

MOST_PARAGRAPHS = 6  # that a quotation may reach beyond the one in which it opens
LONGEST = 5_000  # code points of a paragraph in which the end of a quotation is looked for
# What closes each opening mark. German closes with what English opens with, Swedish with the same.
_CLOSING = {
    "“": '”“"',
    "”": "”",
    "„": "“”",
    '"': '"”',
    "«": "»",
    "»": "«",
    "\u2039": "\u203a",  # single angle quotation marks
    "‘": "’",
    "‚": "‘’",
    "'": "'",
    "「": "」",
    "『": "』",
}
_CLOSERS = {mark: re.compile(f"[{closing}]") for mark, closing in _CLOSING.items()}
_SINGLE = "‘‚'"
_MARK = re.compile(f"[{''.join(_CLOSING)}]")
_BEFORE_OPENING = re.compile(r"[\s(\[–—-]|[“”„\"«‘'‚]")
_DOUBLE_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_LINE = re.compile(r"\S[^\n]*")
_WORDS_OF_AN_S = 3  # ‘Bogus claims’ ends at its s; in ‘the dogs’ food’ the s is a genitive


def quotation_spans(text: str) -> list[Span]:
    """Return what stands in quotation marks, marks included: in order, disjoint.

    A quotation inside another is part of it. One over several paragraphs is one span.
    """
    lines = [Span(start=line.start(), end=line.end()) for line in _LINE.finditer(text)]
    marks = _QuotationMarks(text)
    spans: list[Span] = []
    done = 0
    for number, line in enumerate(lines):
        place = max(line.start, done)
        while (opening := marks.opening(place, line.end)) is not None:
            end = _end(marks, opening, lines[number : number + 1 + MOST_PARAGRAPHS])
            place = end or opening + 1
            if end:
                spans.append(Span(start=opening, end=end))
        done = place
    return spans


def has_quotation_mark(text: str) -> bool:
    """Tell whether a mark that opens a quotation stands in ``text``."""
    return _MARK.search(text) is not None


def without_double_quoted(text: str) -> str:
    """Return a sentence with what stands in double marks, and these, blanked: no place moves.

    Generous: a mark that closes nowhere opens a quotation to the end, as where a sentence is cut.
    """
    return _DOUBLE_QUOTED.sub(lambda match: " " * len(match.group()), text)


def without_quotations(text: str) -> str:
    """Return ``text`` with each quotation blanked out between “ and ”, its length unchanged.

    Each paragraph has the marks around the part of a quotation that it holds.
    """
    parts, place = [], 0
    for span in quotation_spans(text):
        parts.append(text[place : span.start])
        parts.append(_LINE.sub(_blank, span.of(text)))
        place = span.end
    return "".join([*parts, text[place:]])


def _blank(part: re.Match[str]) -> str:
    return f"“{' ' * (len(part.group()) - 2)}”"[: len(part.group())]


class _QuotationMarks:
    """Where the marks of a text may open and close quotations: each is looked at once.

    Where a thousand open and none closes, looking for the end of each anew took seconds.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        places = (mark.start() for mark in _MARK.finditer(text))
        self._openings = [place for place in places if _opens(text, place)]
        self._closings: dict[str, tuple[int, ...]] = {}

    def opening(self, start: int, end: int) -> int | None:
        """Return where the next quotation opens."""
        return _first(self._openings, start, end)

    def closing(self, mark: str, start: int, end: int) -> int | None:
        """Return where the next mark stands that closes what ``mark`` opens."""
        return _first(self.closings(mark), start, min(end, start + LONGEST))

    def closings(self, mark: str) -> tuple[int, ...]:
        """Return where marks stand that close what ``mark`` opens."""
        if mark not in self._closings:
            places = (found.start() for found in _CLOSERS[mark].finditer(self.text))
            closes = _closes_single if mark in _SINGLE else _closes
            self._closings[mark] = tuple(one for one in places if closes(self.text, one))
        return self._closings[mark]

    @cached_property
    def not_behind_s(self) -> dict[str, tuple[int, ...]]:
        """Of each single mark, where it is surely closed: not behind an s."""
        return {
            mark: tuple(one for one in self.closings(mark) if self.text[one - 1].lower() != "s")
            for mark in _SINGLE
        }


def _first(places: Sequence[int], start: int, end: int) -> int | None:
    """Return the first of ascending places that is neither before ``start`` nor behind ``end``."""
    at = bisect_left(places, start)
    return places[at] if at < len(places) and places[at] < end else None


def _opens(text: str, place: int) -> bool:
    """Tell whether a mark stands where quotations open: before a word, and after none."""
    after = text[place + 1 : place + 2]
    if after in ("", "\n") or (after.isspace() and text[place] not in "«»„"):
        return False
    if text[place] == "'" and not after.isalpha():
        return False  # the ’90s
    return place == 0 or _BEFORE_OPENING.match(text, place - 1) is not None


def _closes(text: str, place: int) -> bool:
    """Tell whether a mark closes a quotation: what can open one does not, before a word."""
    return text[place] == "”" or not (
        text[place - 1 : place].isspace() and text[place + 1 : place + 2].isalnum()
    )


def _closes_single(text: str, place: int) -> bool:
    """Tell whether a single mark may close a quotation; an apostrophe inside a word does not."""
    inside = text[place + 1 : place + 2].isalnum() or text[place - 1 : place].isspace()
    at_end = text[place + 1 : place + 2] in ("", "\n")
    return at_end or not inside  # don’t, ’em


def _end(marks: _QuotationMarks, opening: int, lines: list[Span]) -> int | None:
    """Return where the quotation that opens there ends, looked for in ``lines``."""
    mark = marks.text[opening]
    if mark in _SINGLE:
        return _end_of_single(marks, opening, lines[0].end)
    closing = marks.closing(mark, opening + 1, lines[0].end)
    if closing is not None:
        return closing + 1
    return _end_in_later(marks, mark, lines)


def _end_in_later(marks: _QuotationMarks, mark: str, lines: list[Span]) -> int | None:
    """Return where a quotation ends that its own paragraph does not close."""
    for _, line in pairwise(lines):
        again = marks.text.startswith(mark, line.start)
        start = line.start + again
        other = None if again else marks.opening(start, line.end)
        closing = marks.closing(mark, start, line.end)
        if closing is not None and (other is None or closing <= other):
            return closing + 1
        if other is not None:
            return None  # another quotation opens: the first was never closed
    return None


def _end_of_single(marks: _QuotationMarks, opening: int, end: int) -> int | None:
    """Return where a quotation in single marks ends: apostrophes look like what closes it."""
    mark, start = marks.text[opening], opening + 1
    end = min(end, start + LONGEST)
    sure = _first(marks.not_behind_s[mark], start, end)
    first = marks.closing(mark, start, end)
    if first is None:
        return None
    if first == sure or _has_few_words(marks.text[opening:first]):
        return first + 1
    if sure is not None:
        return sure + 1
    closings = marks.closings(mark)
    return closings[bisect_left(closings, end) - 1] + 1


def _has_few_words(quoted: str) -> bool:
    return len(quoted.split(None, _WORDS_OF_AN_S)) <= _WORDS_OF_AN_S
