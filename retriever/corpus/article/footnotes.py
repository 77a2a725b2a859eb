"""Numbered notes at the end of a text, and the marks that refer to them."""

import re
from dataclasses import dataclass

from retriever.records import Footnote, Span

_LINE = re.compile(r"[^\n]+")
_BRACKETED = re.compile(r"\[(\d{1,3})\]\s*(?=\S)")
_NUMBERED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_ADDRESS = re.compile(r"https?://\S+")
_UNIT = r"(?<!\bm)(?<!\b[ckdm]m)(?<!\bft)(?<!\b10)"
"""Before a raised figure these make it a power: 12 km², 10⁶."""
_MARK = re.compile(rf"\[(\d{{1,3}})\]|(?<=[\w.,;:!?\"'”’)\]]){_UNIT}([¹²³⁰⁴-⁹]{{1,3}})")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_IBID = re.compile(r"ibid(?:em|\.|,|\s|$)", re.IGNORECASE)


def find_footnotes(text: str) -> tuple[Footnote, ...]:
    """Return the notes whose entries end the text, in the order of their entries.

    An entry is a line that begins with ``[1]``; one that begins with ``1.`` counts only where the
    text has the mark ``[1]`` or ``¹``. ``entry`` is the entry without its number. "Ibid" has the
    source of the entry before it, through chains of them; without one it is its own.
    """
    entries = _last_run(text, _BRACKETED) or _numbered_entries(text)
    if not entries:
        return ()
    marks = _marks_before(text, entries[0].line)
    notes: list[Footnote] = []
    for entry in entries:
        points_back = notes and _IBID.match(entry.words.of(text))
        notes.append(
            Footnote(
                label=entry.label,
                marks=tuple(marks.get(entry.label, ())),
                entry=entry.words,
                source=notes[-1].source if points_back else entry.words,
            )
        )
    return tuple(notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _NoteEntry:
    """An entry's number, where its line begins, and its words."""

    label: str
    line: int
    words: Span


def _numbered_entries(text: str) -> list[_NoteEntry]:
    """Return entries such as ``1. Smith``, unless it is a list that nothing refers to."""
    entries = _last_run(text, _NUMBERED)
    marks = _marks_before(text, entries[0].line) if entries else {}
    return entries if any(entry.label in marks for entry in entries) else []


def _last_run(text: str, pattern: re.Pattern[str]) -> list[_NoteEntry]:
    """Return the entries of the last lines, as far up as each line belongs to one and numbers fall.

    An entry may have the address of its source on a line of its own.
    """
    run: list[_NoteEntry] = []
    end: int | None = None
    for line in reversed(list(_LINE.finditer(text))):
        match = pattern.match(text, line.start(), line.end())
        if match:
            if run and int(match[1]) >= int(run[-1].label):
                break
            words = Span(start=match.end(), end=end or line.end())
            run.append(_NoteEntry(label=str(int(match[1])), line=match.start(), words=words))
            end = None
        elif _ADDRESS.fullmatch(line.group()):
            end = end or line.end()
        else:
            break
    return run[::-1]


def _marks_before(text: str, end: int) -> dict[str, list[Span]]:
    """Return where the text before ``end`` refers to which note."""
    marks: dict[str, list[Span]] = {}
    for match in _MARK.finditer(text, 0, end):
        label = str(int((match[1] or match[2]).translate(_SUPERSCRIPTS)))
        marks.setdefault(label, []).append(Span(start=match.start(), end=match.end()))
    return marks
