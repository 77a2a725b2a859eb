"""What the page shows of a checked draft: all of it, and nothing but text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retriever import Index
from tests.attacks import ATTACKS
from webui import render
from webui.drafts.verdict_view import DraftView, draft_view

DRAFT = (
    "Ding said “the price will be too dear to pay” at first.\n\n"
    "“the price will be too high to pay,” he said. “Nothing of this was ever said by anybody.”"
)


def view(library: Index, draft: str) -> DraftView:
    return draft_view(library.check_draft(draft))


def test_the_pieces_are_the_draft(seeds_library: Index) -> None:
    shown = view(seeds_library, DRAFT)
    assert "".join(piece.text for piece in shown.pieces) == DRAFT
    assert [piece.number for piece in shown.pieces if piece.number] == [1, 2, 3]
    assert [told.accuracy for told in shown.told] == ["exact", "nearly", "nowhere"]
    assert shown.counts == {"exact": 1, "nearly": 1, "nowhere": 1}


def test_what_differs_is_marked_on_both_sides_and_told_in_words(seeds_library: Index) -> None:
    _, nearly, nowhere = view(seeds_library, DRAFT).told
    assert [piece.text for piece in nearly.here if piece.differs] == ["high"]
    assert [piece.text for row in nearly.there for piece in row if piece.differs] == ["dear"]
    assert nearly.differences == ("the draft has “high”, the article “dear”",)
    assert nearly.key
    assert nowhere.key is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.sampled_from(["“", "”", "\n> ", "the price", " ", "…", "[x]", "Ding", "\x00"])))
def test_any_draft_is_shown_whole(seeds_library: Index, parts: list[str]) -> None:
    draft = "".join(parts)
    shown = view(seeds_library, draft)
    assert "".join(piece.text for piece in shown.pieces) == draft
    assert render.draft_verdicts(shown)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_draft_is_only_text(seeds_library: Index, attack: str) -> None:
    html = render.draft_verdicts(view(seeds_library, f"“{attack} of the price” {attack}"))
    for harmful in ("<script", "<img", "<svg", "<iframe", "onerror=", "javascript:"):
        assert harmful not in html.lower().replace("&lt;", "").replace("onerror=&#34;", "") or (
            harmful not in attack.lower()
            or f"&lt;{harmful.lstrip('<')}" in html.lower()
            or not harmful.startswith("<")
        )
