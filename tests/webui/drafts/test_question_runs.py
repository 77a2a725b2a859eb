"""Lists of questions that are answered while others ask: bounded, stopped, forgotten."""

import time
from collections.abc import Callable
from threading import Event

import pytest

from retriever import Answer, Index, QuestionError, table_of
from tests.webui.corpora import QUESTION
from webui.drafts import question_runs
from webui.drafts.question_runs import MOST_QUESTIONS, MOST_RUNNING, ListProgress, QuestionRuns


def until(done: Callable[[], bool]) -> None:
    """Wait for something that a thread does."""
    for _ in range(600):
        if done():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


@pytest.fixture
def held(library: Index, monkeypatch: pytest.MonkeyPatch) -> Event:
    """Hold every question until the event is set."""
    let_go, ask = Event(), library.ask

    def waits(question: str, **options: object) -> Answer:
        assert let_go.wait(30)
        return ask(question, **options)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(library, "ask", waits)
    return let_go


def test_a_list_is_answered_row_by_row(library: Index) -> None:
    runs = QuestionRuns(library)
    started = runs.start("tab", "q.csv", table_of([QUESTION, "zzz"]))
    assert (started.running, started.total, started.name) == (True, 2, "q.csv")
    until(lambda: not runs.progress("tab").running)
    done = runs.progress("tab")
    assert [row.outcome for row in done.rows] == ["answered", "not_found"]
    assert (done.answered, done.cancelled, done.problem) == (1, False, "")
    assert runs.progress("another tab") == ListProgress()


def test_a_stopped_list_keeps_what_is_answered(library: Index, held: Event) -> None:
    runs = QuestionRuns(library)
    runs.start("tab", "q", table_of([QUESTION] * 50))
    assert not runs.cancel("tab").running
    held.set()
    until(lambda: not runs.progress("tab").running)
    assert runs.progress("tab").cancelled
    assert len(runs.progress("tab").rows) == 1
    assert runs.cancel("unknown") == ListProgress()


def test_one_list_a_tab_and_few_in_all(library: Index, held: Event) -> None:
    runs = QuestionRuns(library)
    for tab in range(MOST_RUNNING):
        runs.start(str(tab), f"{tab}", table_of([QUESTION]))
    assert runs.start("0", "another", table_of([QUESTION] * 7)).name == "0"
    with pytest.raises(QuestionError, match="Too many lists"):
        runs.start("one more", "q", table_of([QUESTION]))
    held.set()
    until(lambda: not any(runs.progress(str(tab)).running for tab in range(MOST_RUNNING)))
    assert runs.start("one more", "q", table_of([QUESTION])).running


def test_a_list_that_is_too_long_is_not_begun(library: Index) -> None:
    runs = QuestionRuns(library)
    with pytest.raises(QuestionError, match="1,001 questions"):
        runs.start("tab", "q", table_of([QUESTION] * (MOST_QUESTIONS + 1)))
    assert runs.progress("tab") == ListProgress()


def test_a_list_that_nobody_looks_at_is_stopped(library: Index, held: Event) -> None:
    now = [0.0]
    runs = QuestionRuns(library, clock=lambda: now[0])
    runs.start("tab", "q", table_of([QUESTION] * 50))
    now[0] += question_runs.NOT_LOOKED_AT + 1
    held.set()
    until(lambda: not runs._runs["tab"].running)
    assert len(runs.progress("tab").rows) == 1


def test_what_is_done_makes_room(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_runs, "MOST_KEPT", 2)
    runs = QuestionRuns(library)
    for tab in "abc":
        runs.start(tab, tab, table_of(["zzz"]))
        until(lambda tab=tab: not runs.progress(tab).running)  # type: ignore[misc]  # bound now
    assert runs.progress("a") == ListProgress()
    assert runs.progress("c").total == 1


def test_one_question_of_all_lists_is_asked_at_a_time(
    library: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once, most, ask = [0], [0], library.ask

    def counted(question: str, **options: object) -> Answer:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        try:
            return ask(question, **options)  # type: ignore[arg-type]  # as it was called
        finally:
            at_once[0] -= 1

    monkeypatch.setattr(library, "ask", counted)
    runs = QuestionRuns(library)
    for tab in "abcd":
        runs.start(tab, tab, table_of([QUESTION] * 4))
    until(lambda: not any(runs.progress(tab).running for tab in "abcd"))
    assert most[0] == 1
