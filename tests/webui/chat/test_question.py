"""What a browser sends is read as questions, or refused in one line."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever import Filters, QuestionError
from tests.webui.corpora import CARRIED, FOLLOW_UP, HISTORY
from webui.chat.assumptions import make_chips
from webui.chat.question import MOST_TURNS, Asked, read_filters, read_question, read_questions

_values = st.none() | st.text(max_size=20)
_filters = st.builds(Filters, publisher=_values, author=_values, after=_values)


@given(st.text(), _filters, st.lists(st.text(max_size=20), unique=True, max_size=5))
def test_a_question_comes_back_as_it_was_sent(
    question: str, filters: Filters, without: list[str]
) -> None:
    asked = Asked(question=question, filters=filters, without=tuple(without))
    back = read_question(asked.to_json())
    assert (back.question, back.without) == (asked.question, asked.without)
    assert back.filters.to_dict() == filters.to_dict()


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_what_is_no_question_is_refused_in_one_line(value: object) -> None:
    with pytest.raises(QuestionError) as caught:
        read_question([value])
    assert len(str(caught.value).splitlines()) <= 1 + str(value).count("\n")


@pytest.mark.parametrize(
    "filters",
    [{"colour": "red"}, {"publisher": 7}, {"publisher": "x" * 401}, [1], "[", '{"after": {}}x'],
)
def test_other_filters_are_refused(filters: object) -> None:
    with pytest.raises(QuestionError):
        read_filters(filters)


def test_only_the_last_turns_of_a_long_conversation_are_asked_again() -> None:
    turns = read_questions([{"question": str(number)} for number in range(MOST_TURNS + 5)])
    assert [turn.question for turn in turns][:1] == ["5"]
    assert len(turns) == MOST_TURNS


@pytest.mark.parametrize(
    "turns", ["x", {}, [7], [{"question": None}], [{"question": "a", "without": "b"}]]
)
def test_what_is_no_conversation_is_refused(turns: object) -> None:
    with pytest.raises(QuestionError):
        read_questions(turns)


def test_each_chip_asks_again_without_what_it_names(library: Any) -> None:
    asked = Asked(
        question=FOLLOW_UP,
        filters=Filters(publisher="The Paper", after="2023"),
        without=("said",),
    )
    answer = library.ask(
        asked.question, history=HISTORY, filters=asked.filters, without=asked.without
    )
    chips = {
        (chip.kind, chip.value): read_question(chip.again) for chip in make_chips(answer, asked)
    }
    assert chips["carried", CARRIED].without == ("said", CARRIED)
    assert chips["filter", "The Paper"].filters == Filters(after="2023")
    assert chips["filter", "2023"].filters == Filters(publisher="The Paper")
    assert chips["left out", "said"].without == ()
    assert all(again.question == FOLLOW_UP for again in chips.values())


def test_a_filter_read_from_the_question_is_taken_back_by_its_value(library: Any) -> None:
    answer = library.ask("Ding?", filters=Filters(publisher="The Paper"))
    (chip,) = make_chips(answer, Asked(question="Ding?"))
    assert read_question(chip.again) == Asked(question="Ding?", without=("The Paper",))
