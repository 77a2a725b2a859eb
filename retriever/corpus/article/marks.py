"""What plain text cannot carry, as every format writes it: raised figures, quotations, rows.

| in the source | in the text |
|---|---|
| raised figures and signs: powers, notes | as Unicode has them: ``10⁶``, ``km²``, ``crane³`` |
| raised figures with what Unicode cannot raise | behind a caret: ``2^(1/2)`` |
| a raised mark of a note that says that it is one | as it is: ``[1]``, ``(1)``, ``*`` |
| raised letters: ordinals, trademarks | as they are: ``5th``, ``1er`` |
| lowered figures and signs | as Unicode has them: ``CO₂``; lowered letters as they are |
| struck out, deleted or hidden text | left out: the writer no longer says it |
| the reading of a character (ruby) | left out, the character stays |
| a row of a table | a line: its cells in their order, a blank between them |
| a quotation that only markup marks, ``<q>`` | in the quotation marks of its language |
"""

import re
from collections.abc import Iterable

_RAISED = str.maketrans("0123456789+-\u2212=nxyzk", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼ⁿˣʸᶻᵏ")
_LOWERED = str.maketrans("0123456789+-\u2212=", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌")
_ALL_RAISED = re.compile(r"[0-9+\-\u2212=nxyzk]+(?:,\s?[0-9+\-\u2212=nxyzk]+)*")
_ALL_LOWERED = re.compile(r"[0-9+\-\u2212=]+")
_SIGN = re.compile(r"[0-9+\u2212=]")
_LONGEST_EXPONENT = 12  # code points; what is longer is text that only stands higher

_MARKS_BY_LANGUAGE = {
    language: marks
    for languages, marks in (
        ("cs de sk sl", "„“‚‘"),
        ("pl", "„”‚’"),
        ("ca el es fr it nb nn no", "«»“”"),
        ("ru uk", "«»„“"),
        ("fi sv", "””’’"),
        ("ja", "「」『』"),
    )
    for language in languages.split()
}
_ENGLISH_MARKS = "“”‘’"
OPENING_MARKS = frozenset("\"'“”„«»‘’‚「『\u2039")
"""With one of these a quotation begins that has its marks already."""


def superscript(text: str) -> str:
    """Return raised text as plain text carries it; blanks at its ends stay."""
    bare = text.strip()
    raised = bare.translate(_RAISED)
    if _ALL_RAISED.fullmatch(bare) and (_SIGN.search(bare) or len(bare) == 1):
        return text.replace(bare, raised)
    is_formula = _SIGN.search(bare) and bare[0] not in "[(" and len(bare) <= _LONGEST_EXPONENT
    return text.replace(bare, f"^({bare})") if is_formula else text


def subscript(text: str) -> str:
    """Return lowered text as plain text carries it; blanks at its ends stay."""
    bare = text.strip()
    return text.replace(bare, bare.translate(_LOWERED)) if _ALL_LOWERED.fullmatch(bare) else text


def quotation_marks(language: str, *, depth: int) -> tuple[str, str]:
    """Return the marks around a quotation in so many others; ``language`` is a code as ``de-AT``.

    They are those that CLDR gives and browsers print; of a language not listed here the English.
    """
    marks = _MARKS_BY_LANGUAGE.get(language.lower().partition("-")[0], _ENGLISH_MARKS)
    return (marks[0], marks[1]) if depth % 2 == 0 else (marks[2], marks[3])


def line_of_cells(cells: Iterable[str]) -> str:
    """Return the line that the cells of a row make, empty ones left out."""
    return " ".join(filter(None, (" ".join(cell.split()) for cell in cells)))
