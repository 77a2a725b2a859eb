"""Rows made from news: who somebody is, and who holds an office."""

from retriever.training.role_questions import role_rows

BEFORE = "Harbour Authority spokesman Olav Berg said the crane was safe."
AFTER = "Ada Lund, the mayor of Sandby, opened the bridge."


def test_an_office_before_a_name_is_asked_for_both_ways() -> None:
    found = {
        (row.question, row.answers[0].of(row.passage))
        for seed in range(10)
        for row in role_rows([BEFORE], seed=seed)
        if row.answerable
    }
    assert ("Who is Olav Berg?", "Harbour Authority spokesman") in found
    assert ("Who is the spokesperson of Harbour Authority?", "Olav Berg") in found


def test_an_office_after_a_name_is_found() -> None:
    answers = {row.answers[0].of(AFTER) for row in role_rows([AFTER], seed=0) if row.answerable}
    assert answers == {"the mayor of Sandby", "Ada Lund"}


def test_a_text_without_the_office_answers_nothing() -> None:
    left = {
        row.passage
        for seed in range(10)
        for row in role_rows([BEFORE, AFTER], seed=seed)
        if not row.answerable
    }
    assert left == {"Olav Berg said the crane was safe.", "Ada Lund opened the bridge."}


def test_a_person_known_elsewhere_and_only_mentioned_makes_an_unanswerable_row() -> None:
    rows = role_rows([BEFORE, "Rain met Olav Berg at the harbour."], seed=0)
    mentioned = [row for row in rows if row.passage.startswith("Rain")]
    assert mentioned
    assert not any(row.answerable for row in mentioned)
    assert all("Olav Berg" in row.question for row in mentioned)
