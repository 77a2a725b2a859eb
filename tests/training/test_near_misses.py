"""Near misses: what is changed, what stays, and what is never made."""

import random

import pytest

from retriever.training.near_misses import (
    Change,
    NearMisses,
    other_both,
    other_passage,
    other_question,
    without_answer,
)
from retriever.training.passages import Passages
from tests.training.rows_by_hand import HARBOUR, kinds_by_letters, row

OPENED = row("When did the harbour of Norvik open?", "1912")
SANDBY = Change(old="Norvik", new="Sandby", everywhere=True)
OSLO = Change(old="Norvik", new="Oslo", everywhere=True)


def test_a_changed_question_is_not_answered_and_keeps_its_passage() -> None:
    changed = other_question(OPENED, OSLO)
    assert changed is not None
    assert changed.question == "When did the harbour of Oslo open?"
    assert changed.passage == HARBOUR
    assert not changed.answers
    assert not changed.answerable


def test_a_changed_question_that_another_sentence_may_answer_is_not_made() -> None:
    museum = row("When did the one in Norvik open, opened as it was?", "1912")
    assert other_question(museum, SANDBY) is None


def test_a_passage_changed_everywhere_holds_the_old_name_nowhere() -> None:
    changed = other_passage(OPENED, OSLO)
    assert changed is not None
    assert "Norvik" not in changed.passage
    assert changed.question == OPENED.question
    assert not changed.answerable


@pytest.mark.parametrize("new", ["Oslo", "Sandby", "Upper Elverum"])
def test_the_same_change_in_both_keeps_the_answer_in_its_place(new: str) -> None:
    changed = other_both(OPENED, Change(old="Norvik", new=new, everywhere=True))
    assert changed is not None
    assert changed.answerable
    assert changed.answers[0].of(changed.passage) == "1912"
    assert new in changed.question
    assert new in changed.passage


def test_a_change_never_touches_an_answer() -> None:
    named = row("Which town had its harbour open in 1912?", "Norvik")
    assert other_both(named, OSLO) is None


def test_a_number_is_changed_in_the_answering_sentence_only() -> None:
    passage = "In 1912 the crane came. The harbour opened in 1912 at Norvik."
    asked = row("Which harbour opened in 1912?", "Norvik", passage)
    changed = other_passage(asked, Change(old="1912", new="1920", everywhere=False))
    assert changed is not None
    assert changed.passage == "In 1912 the crane came. The harbour opened in 1920 at Norvik."


def test_the_answering_sentence_is_cut_out_and_no_other() -> None:
    cut = without_answer(OPENED)
    assert cut is not None
    assert cut.passage == HARBOUR.split(". ", 1)[1]
    assert not cut.answerable


def test_nothing_is_cut_where_another_sentence_holds_the_answer() -> None:
    twice = row("When did it open?", "1912", "It opened in 1912. In 1912 it rained.")
    assert without_answer(twice) is None


def test_what_replaces_a_phrase_is_of_its_kind_and_not_in_the_question() -> None:
    for seed in range(20):
        misses = NearMisses(Passages([HARBOUR]), kinds_by_letters(), random.Random(seed))
        change = misses.change(row("Who painted the crane of Norvik in 1912?", "Ada Lund"))
        if change is not None and change.old == "1912":
            assert change.new.isdigit()
            assert change.new != "1912"
        if change is not None:
            assert change.new.lower() not in "who painted the crane of norvik in 1912?"
