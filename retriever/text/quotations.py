"""What of a text stands in quotation marks: in “…”, "…", ‘…’, '…', „…“, «…» and their like.

A quotation may open in one paragraph and close in a later one. English opens every further
paragraph of it with a mark again and closes it once; other texts open it once. A mark that nothing
closes opens no quotation, so that a slip of the typesetter does not quote the rest of an article.
"""

import re
from collections.abc import Iterator
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
    spans: list[Span] = []
    done = 0
    for number, line in enumerate(lines):
        place = max(line.start, done)
        while (opening := _opening(text, place, line.end)) is not None:
            end = _end(text, opening, lines[number : number + 1 + MOST_PARAGRAPHS])
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


def _opening(text: str, start: int, end: int) -> int | None:
    """Return where the next quotation of a paragraph opens."""
    for mark in _MARK.finditer(text, start, end):
        place = mark.start()
        if _opens(text, place, end):
            return place
    return None


def _opens(text: str, place: int, end: int) -> bool:
    """Tell whether a mark stands where quotations open: before a word, and after none."""
    after = text[place + 1 : place + 2]
    if place + 1 >= end or (after.isspace() and text[place] not in "«»„"):
        return False
    if text[place] == "'" and not after.isalpha():
        return False  # the ’90s
    return place == 0 or _BEFORE_OPENING.match(text, place - 1) is not None


def _end(text: str, opening: int, lines: list[Span]) -> int | None:
    """Return where the quotation that opens there ends, looked for in ``lines``."""
    mark = text[opening]
    if mark in _SINGLE:
        return _end_of_single(text, opening, lines[0].end)
    closing = next(_closings(text, opening + 1, lines[0].end, mark), None)
    if closing is not None:
        return closing + 1
    return _end_in_later(text, mark, lines)


def _end_in_later(text: str, mark: str, lines: list[Span]) -> int | None:
    """Return where a quotation ends that its own paragraph does not close."""
    for _, line in pairwise(lines):
        again = text.startswith(mark, line.start)
        start = line.start + again
        other = None if again else _opening(text, start, line.end)
        closing = next(_closings(text, start, line.end, mark), None)
        if closing is not None and (other is None or closing <= other):
            return closing + 1
        if other is not None:
            return None  # another quotation opens: the first was never closed
    return None


def _closings(text: str, start: int, end: int, mark: str) -> Iterator[int]:
    """Yield the marks that close what ``mark`` opens."""
    for found in _CLOSERS[mark].finditer(text, start, min(end, start + LONGEST)):
        place = found.start()
        if text[place] == "”" or not _opens_word(text, place, end):
            yield place


def _opens_word(text: str, place: int, end: int) -> bool:
    """Tell whether a mark that can open and close stands before a word and after a space."""
    return text[place - 1].isspace() and place + 1 < end and text[place + 1].isalnum()


def _end_of_single(text: str, opening: int, end: int) -> int | None:
    """Return where a quotation in single marks ends: apostrophes look like what closes it."""
    after_s = None
    for place in _closings(text, opening + 1, end, text[opening]):
        if place + 1 < end and (text[place + 1].isalnum() or text[place - 1].isspace()):
            continue  # don’t, ’em
        if text[place - 1].lower() != "s":
            return place + 1
        if len(text[opening:place].split()) <= _WORDS_OF_AN_S:
            return place + 1
        after_s = place + 1
    return after_s
