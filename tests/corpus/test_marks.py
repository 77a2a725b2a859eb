"""What plain text cannot carry: raised figures, struck-out words, quotations, rows of tables."""

import pytest

from retriever.corpus.article.marks import (
    line_of_cells,
    quotation_marks,
    subscript,
    superscript,
)
from tests.corpus.test_fragments import shown


@pytest.mark.parametrize(
    ("raised", "written"),
    [
        ("6", "⁶"),
        ("-3", "⁻³"),
        ("n", "ⁿ"),
        ("2n", "²ⁿ"),
        ("12", "¹²"),
        ("1,2", "¹,²"),
        (" 2 ", " ² "),
        ("+", "⁺"),
        ("1/2", "^(1/2)"),
        ("0.5", "^(0.5)"),
        ("note 4", "^(note 4)"),
        ("th", "th"),
        ("er", "er"),
        ("TM", "TM"),
        ("e-mail", "e-mail"),
        ("[12]", "[12]"),
        ("(3)", "(3)"),
        ("*", "*"),
        ("", ""),
        (" ", " "),
        ("New in 2024: all of it", "New in 2024: all of it"),
    ],
)
def test_raised_text(raised: str, written: str) -> None:
    assert superscript(raised) == written


def test_lowered_text() -> None:
    written = [*map(subscript, ("2", "10", "2-", "x", "max", ""))]
    assert written == ["₂", "₁₀", "₂₋", "x", "max", ""]


def test_quotation_marks_are_those_of_the_language() -> None:
    assert quotation_marks("", depth=0) == quotation_marks("en-GB", depth=2) == ("“", "”")
    assert quotation_marks("en", depth=1) == ("‘", "’")
    assert quotation_marks("de-AT", depth=0) == ("„", "“")
    assert quotation_marks("FR", depth=0) == ("«", "»")


def test_cells_stand_in_one_line() -> None:
    assert line_of_cells(["Petrel", "", " Timber\nand grain ", "9,750"]) == (
        "Petrel Timber and grain 9,750"
    )


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("3 × 10<sup>6</sup> litres in 2019<sup>2</sup>", "3 × 10⁶ litres in 2019²"),
        ("It lost 5 × 10<sup>−3</sup> g a day", "It lost 5 × 10⁻³ g a day"),
        ("40 km<sup><b>2</b></sup> of CO<sub>2</sub>", "40 km² of CO₂"),
        ("He said so<sup><a href=#n4>4</a></sup> twice", "He said so⁴ twice"),
        ("The 5<sup>th</sup> of May<sup>[1]</sup>", "The 5th of May[1]"),
        ("x<sup>2<sup>3</sup></sup>", "x^(2³)"),
        ("It killed <s>five</s> <ins>two</ins> people", "It killed two people"),
        ("It killed <strike>five</strike> two people", "It killed two people"),
        ("It killed <del>five </del>two people", "It killed two people"),
        ("It killed <span style='text-decoration:line-through'>5</span> two", "It killed two"),
        ("She said <q>it is shut</q> and left", "She said “it is shut” and left"),
        ("<q>He told me <q>no</q> twice</q>", "“He told me ‘no’ twice”"),
        ("<q>“It is shut”</q>, “<q>so</q>”", "“It is shut”, “so”"),
        ("<span lang=de-CH>Sie sagte <q>nein</q></span>", "Sie sagte „nein“"),
        ("<q style='display:none'>x</q> and <q>y</q>", "and “y”"),
    ],
)
def test_inside_a_sentence(markup: str, text: str) -> None:
    assert shown(f"<p>{markup}.</p>") == f"{text}."


def test_element_that_nobody_closed_strikes_nothing_out() -> None:
    paragraphs = "<p>It was closed for the day, and no ship came in.</p>" * 60
    assert shown(f"<s>{paragraphs}").startswith("It was closed")


def test_rows_whose_cells_hold_paragraphs() -> None:
    rows = "<tr><td><p>Petrel</p></td><td><p>Timber</p></td><td></td></tr>" * 2
    assert shown(f"<table>{rows}</table>") == "Petrel Timber\nPetrel Timber"
    layout = "<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>"
    assert shown(layout) == "One.\n\nTwo."


def test_shadow_trees_are_shown_with_what_their_slots_take() -> None:
    shadow = "<template shadowrootmode={}><h2>Crane</h2>{}<p>Last.</p></template>"
    for mode in ("open", "closed"):
        assert shown(f"<a-b>{shadow.format(mode, '')}<p>Light.</p></a-b>") == "Crane\n\nLast."
    slots = shadow.format("open", "<slot></slot><slot name=foot></slot>")
    light = "<p slot=foot>Foot.</p><p>Light.</p><p slot=none>Nowhere.</p>"
    assert shown(f"<a-b>{slots}{light}</a-b>") == "Crane\n\nLight.\n\nFoot.\n\nLast."
    assert shown("<template><p>Later, by a script.</p></template><p>Now.</p>") == "Now."
