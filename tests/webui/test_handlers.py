"""Questions and their conversation, as plain functions."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from retriever import Answer, Message, QuestionError
from webui import handlers


class Listening:
    """Passes questions on and remembers the history that came with each."""

    def __init__(self, library: Any) -> None:
        """Answer with the library's answers."""
        self.library = library
        self.coverage = library.coverage
        self.article = library.article
        self.articles = library.articles
        self.heard: list[Sequence[Message | Mapping[str, str]]] = []

    def ask(self, question: str, *, history: Sequence[Message | Mapping[str, str]] = ()) -> Answer:
        """Answer and remember."""
        self.heard.append(history)
        answer: Answer = self.library.ask(question, history=history)
        return answer


def test_a_follow_up_carries_the_turns_before(library: Any) -> None:
    """A follow up carries the turns before."""
    index = Listening(library)
    first = handlers.reply_to("Who supports Russia?", (), index)
    assert first.reply == "“China supports Russia,” he said."
    refused = handlers.reply_to("And who keeps zebras?", (first,), index)
    empty = handlers.reply_to("", (first, refused), index)
    handlers.reply_to("And Ding?", (first, refused, empty), index)
    assert index.heard[0] == []
    assert index.heard[-1] == [
        Message(role="user", content="Who supports Russia?"),
        Message(role="assistant", content="“China supports Russia,” he said."),
        Message(role="user", content="And who keeps zebras?"),
        Message(role="assistant", content=handlers.NO_ANSWER),
    ]


def test_an_error_becomes_one_line_and_leaves_no_trace_in_the_history(library: Any) -> None:
    """An error becomes one line and leaves no trace in the history."""
    turn = handlers.reply_to("x" * 10_001, (), library)
    assert "The question has 10001 characters; shorten it to 10000." in turn.shown
    assert handlers.history_of((turn,)) == []


def test_the_question_stands_above_its_answer(library: Any) -> None:
    """The question stands above its answer."""
    turn = handlers.reply_to("Who supports <Russia>?", (), library)
    shown = handlers.show((turn,))
    assert shown.index("Who supports &lt;Russia&gt;?") < shown.index("<article")
    assert shown.count('class="turn"') == 1


def test_while_an_answer_is_looked_for_the_question_is_there_already(library: Any) -> None:
    """While an answer is looked for the question is there already."""
    turn = handlers.reply_to("Who supports Russia?", (), library)
    shown = handlers.show((turn,), waiting_for="And Ding?")
    assert shown.count('class="turn"') == 2
    assert shown.index("And Ding?") < shown.index("Searching the articles…")


def test_a_failure_of_the_program_is_said(library: Any) -> None:
    """A failure of the program is said."""
    turn = handlers.reply_to("Who supports Russia?", (), library)
    shown = handlers.show_broken((turn,))
    assert shown.index("China supports") < shown.index(handlers.BROKEN)


def test_a_source_is_the_article_with_the_place_marked(library: Any) -> None:
    """A source is the article with the place marked."""
    shown = handlers.show_source("b:0-29", library)
    assert '<mark id="quote-1" tabindex="-1">Nothing is known of this text</mark>.' in shown
    assert "There is no article &#39;c&#39;" in handlers.show_source("c:0-1", library)
    for key in ("", "b", "b:1", "b:x-y", "b:-1-2", "b:0-" + "9" * 99):
        assert "names no place in an article" in handlers.show_source(key, library)


def test_a_program_gets_the_same_answer(library: Any) -> None:
    """A program gets the same answer."""
    history = [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]
    answer = library.ask("Who supports Russia?", history=history).to_dict()
    assert handlers.ask_program("Who supports Russia?", history, library) == answer
    with pytest.raises(QuestionError):
        handlers.ask_program("x" * 10_001, [], library)
