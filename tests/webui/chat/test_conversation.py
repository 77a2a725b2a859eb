"""Questions and their conversation, as plain functions."""

import json
from typing import Any

import pytest

from retriever import Answer, Filters, Index, Message, QuestionError, Span
from tests.webui.corpora import CARRIED, FOLLOW_UP, QUESTION, UNANSWERED, Altered
from webui import render
from webui.app import open_source
from webui.chat import conversation as chat
from webui.chat.conversation import TurnState
from webui.chat.question import Asked
from webui.wording import BROKEN, NO_ANSWER

# What the first quote says: "he" is named nowhere, so that the sentence before stands there too.
SAID = "The first sentence stands here. “China supports Russia,” he said.[1]"


class Listening(Altered):
    """Passes questions on and remembers what came with each."""

    def __init__(self, index: Index) -> None:
        """Answer with the index's answers."""
        super().__init__(index)
        self.heard: list[list[Message]] = []
        self.narrowed: list[tuple[Filters, tuple[str, ...]]] = []

    def ask(self, question: str, *, history: Any, filters: Filters, without: Any) -> Answer:
        """Answer and remember."""
        self.heard.append(history)
        self.narrowed.append((filters, without))
        answer: Answer = self._index.ask(
            question, history=history, filters=filters, without=without
        )
        return answer


def asked(question: str, **more: Any) -> Asked:
    """Return a question."""
    return Asked(question=question, **more)


def test_a_follow_up_carries_the_turns_before(library: Index) -> None:
    index: Any = Listening(library)
    first = chat.answer_turn(asked(QUESTION), (), index)
    refused = chat.answer_turn(asked(UNANSWERED), (first,), index)
    empty = chat.answer_turn(asked(""), (first, refused), index)
    chat.answer_turn(asked(FOLLOW_UP), (first, refused, empty), index)
    assert index.heard[0] == []
    assert index.heard[-1] == [
        Message(role="user", content=QUESTION),
        Message(role="assistant", content=SAID),
        Message(role="user", content=UNANSWERED),
        Message(role="assistant", content=NO_ANSWER),
    ]


def test_filters_and_what_was_taken_back_go_with_the_question(library: Index) -> None:
    index: Any = Listening(library)
    narrowed = Filters(publisher="The Paper", after="2023")
    chat.answer_turn(asked("Ding?", filters=narrowed, without=(CARRIED,)), (), index)
    assert index.narrowed == [(narrowed, (CARRIED,))]


def test_an_error_becomes_one_line_and_leaves_no_trace_in_the_history(library: Index) -> None:
    turn = chat.answer_turn(asked("x" * 4_001), (), library)
    assert "the question has 4,001 characters; ask in at most 4,000" in turn.shown
    assert chat.messages_of((turn,)) == []
    saved = json.loads(chat.export_conversation((turn,), "json", library))
    assert saved == {"problem": "There is no answer to save yet."}


def test_the_question_stands_above_its_answer(library: Index) -> None:
    turn = chat.answer_turn(asked("Who said that China supports <Russia>?"), (), library)
    shown = chat.show_conversation((turn,))
    assert shown.index("Who said that China supports &lt;Russia&gt;?") < shown.index("<article")
    assert shown.count('class="turn"') == 1


def test_while_an_answer_is_looked_for_the_question_is_there_already(library: Index) -> None:
    steps = [*chat.converse(asked(QUESTION), (), library)]
    waiting, answered = (chat.show_conversation(step) for step in steps)
    assert waiting.index(QUESTION) < waiting.index("Searching the articles…")
    assert "<article" not in waiting
    assert "Searching the articles…" not in answered
    assert "<article" in answered


def test_a_question_can_take_the_place_of_an_earlier_one(library: Index) -> None:
    *_, one = chat.converse(asked(QUESTION), (), library)
    *_, two = chat.converse(asked(FOLLOW_UP), one, library)
    assert two[1].answer is not None
    assert two[1].answer.carried == (CARRIED,)
    again = asked(FOLLOW_UP, without=(CARRIED,))
    *_, changed = chat.converse(again, two, library, place=1)
    assert [turn.asked for turn in changed] == [two[0].asked, again]
    assert changed[1].answer is not None
    assert changed[1].answer.carried == ()
    assert 'data-at="1"' in chat.show_conversation(changed, at=1)
    with pytest.raises(QuestionError, match="no longer part of this conversation"):
        next(chat.converse(again, two, library, place=3))


def test_a_conversation_that_is_asked_again_is_the_same(library: Index) -> None:
    *_, one = chat.converse(asked(QUESTION), (), library)
    *_, two = chat.converse(asked(FOLLOW_UP), one, library)
    *_, again = chat.replay([turn.asked for turn in two], library)
    assert chat.show_conversation(again) == chat.show_conversation(two)


def test_a_failure_of_the_program_is_said_and_nothing_waits_any_more(library: Index) -> None:
    turn = chat.answer_turn(asked(QUESTION), (), library)
    shown = chat.show_broken_conversation((turn, chat.waiting_turn(asked(FOLLOW_UP))))
    assert shown.index("“China supports") < shown.index(FOLLOW_UP) < shown.index(BROKEN)
    assert "Searching the articles…" not in shown


@pytest.mark.parametrize(
    "question",
    [
        "What does Kellerman say of the failure?",
        'Who wrote <p class="message bot failure">?',
        "Was the waiting room answered for, or failed?",
    ],
)
def test_no_word_of_a_question_decides_what_its_turn_is(question: str, library: Index) -> None:
    """Nor does one that is quoted back: the state is set where the turn is made."""
    turn = chat.waiting_turn(asked(question))
    assert turn.state is TurnState.WAITING
    shown = chat.show_broken_conversation((turn,))
    assert "Searching the articles…" not in shown
    assert shown.index(str(render.question_asked(question))) < shown.index(BROKEN)
    assert chat.answer_turn(asked(question), (), library).state is TurnState.ANSWERED


def test_a_turn_that_failed_keeps_its_line(library: Index) -> None:
    failed = chat.answer_turn(asked("x" * 4_001), (), library)
    assert (failed.state, failed.answer) == (TurnState.FAILED, None)
    assert "ask in at most 4,000" in chat.show_broken_conversation((failed,))


def test_the_next_question_ends_what_waits_in_vain(library: Index) -> None:
    """The program broke during the first; while the second is answered, only that one waits."""
    broken = chat.waiting_turn(asked(QUESTION))
    first, last = chat.converse(asked(FOLLOW_UP), (broken,), library)
    assert [turn.state for turn in first] == [TurnState.FAILED, TurnState.WAITING]
    assert chat.show_conversation(first).count("Searching the articles…") == 1
    assert [turn.state for turn in last] == [TurnState.FAILED, TurnState.ANSWERED]


def test_a_source_is_the_article_with_the_place_marked(library: Index) -> None:
    shown = open_source("b.txt:0-29", library)
    assert '<mark id="quote-1" tabindex="-1">Nothing is known of this text</mark>.' in shown
    assert "no article with the id &#39;c&#39;" in open_source("c:0-1", library)
    for key in ("", "b", "b:1", "b:x-y", "b:-1-2", "b:0-" + "9" * 99):
        assert "names no place in an article" in open_source(key, library)


def test_an_article_that_was_changed_since_has_nothing_marked(library: Index) -> None:
    """The page sends the words that its card shows."""
    shown = open_source("b.txt:0-29", library, words="Nothing is known of \n this text")
    assert '<mark id="quote-1"' in shown
    assert "This article was changed" not in shown
    changed = open_source(
        "b.txt:0-29", library, answering=Span(start=0, end=7), words="Nothing was known of this"
    )
    assert "<mark" not in changed
    assert "answering" not in changed
    assert "This article was changed since it was quoted" in changed
    assert 'data-key="b.txt:0-29"' in changed


def test_of_a_question_that_is_too_long_only_its_beginning_is_kept(library: Index) -> None:
    """Each step sends the whole conversation: ten refused questions of 4 MB were 249 MB."""
    conversation: chat.Conversation = ()
    for _ in range(10):
        for step in chat.converse(asked("x" * 400_000), conversation, library):
            assert len(chat.show_conversation(step)) < 20_000
            conversation = step
    assert [turn.state for turn in conversation] == [chat.TurnState.FAILED] * 10
    assert "the question has 400,000 characters" in conversation[-1].shown


def test_a_conversation_holds_no_more_turns_than_may_be(
    library: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "MOST_HELD", 3)
    conversation: chat.Conversation = ()
    for number in range(5):
        *_, conversation = chat.converse(asked(f"Who is Ding {number}?"), conversation, library)
    assert [turn.asked.question for turn in conversation] == [
        f"Who is Ding {number}?" for number in (2, 3, 4)
    ]
    *_, conversation = chat.converse(asked("Who?"), conversation, library, place=1)
    assert [turn.asked.question[-4:] for turn in conversation] == ["g 2?", "Who?", "g 4?"]
