"""How new what was found is, and when that is told."""

from dataclasses import replace
from typing import Any

import pytest

from tests.webui.corpora import QUESTION
from webui import render
from webui.chat.cards import make_cards
from webui.holdings import newest_line

LATEST = "What is the latest on the harbour?"


@pytest.mark.parametrize(
    ("found", "latest", "line"),
    [
        (
            ["2023-06-25", None, "2022"],
            "2024-01",
            "The newest of these is from 25 June 2023; the newest article here is from "
            "January 2024.",
        ),
        (["2024"], "2024", "The newest of these is from 2024, and no article here is newer."),
        ([None], "2024", "None of these is dated; the newest article here is from 2024."),
        ([], "2024", "The newest article here is from 2024."),
        ([None], None, "No article here is dated, so none can be called the latest."),
    ],
)
def test_the_newest_date_is_told(found: list[str | None], latest: str | None, line: str) -> None:
    assert newest_line(LATEST, found, latest) == line


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("What is the LATEST news of Aldra?", True),
        ("What happened recently?", True),
        ("Who leads the council this year?", True),
        ("What is the most recent count?", True),
        ("Who is Ding?", False),
        ("What was the last stand of the guard?", False),
        ("Was the plate lately found?", False),
        ("", False),
    ],
)
def test_only_who_asks_for_the_latest_is_told(question: str, asks: bool) -> None:  # noqa: FBT001
    assert (newest_line(question, ["2023"], "2024") is not None) is asks


def test_a_refusal_tells_it_above_the_closest_passages(library: Any) -> None:
    """Or, where nothing came near, without them; an answer needs it not."""
    refused = library.ask("Which zebras does Russia keep today?")
    html = render.answer_given(refused, make_cards(refused, library), ())
    told = "The newest of these is from 25 June 2023, and no article here is newer."
    assert html.index("not an answer</h3>") < html.index(told) < html.index("<article")
    alone = replace(refused, closest=())
    html = render.answer_given(alone, make_cards(alone, library), ())
    assert "The newest article here is from 25 June 2023." in html
    answered = library.ask(QUESTION)
    assert answered.quotes
    question = replace(answered, question=f"Today, {QUESTION}")
    assert "newest" not in render.answer_given(question, make_cards(question, library), ())
