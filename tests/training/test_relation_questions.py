"""Rows made from template questions: what a sentence says of a verb, and what it does not."""

import gzip
import json
from pathlib import Path

import pytest

from retriever.training.examples import make_examples
from retriever.training.question_frames import frame_of, lemma, plural
from retriever.training.relation_questions import RelationQuestion, relation_questions
from retriever.training.rows import Range, Row
from retriever.training.sources import SOURCES
from tests.training.rows_by_hand import kinds_by_letters

RESCUE = "Rain fell in Sandby. Ada Lund rescued Olav Berg in Norvik, and Per Dahl filmed the crane."
BRIDGE = "In Norvik the bridge was closed, Per Dahl said."
GATE = "Ada Lund closed a gate."
ASKED = (
    (RESCUE, "Who rescued someone?", "Ada Lund"),
    (RESCUE, "Who did someone rescue?", "Olav Berg"),
    (RESCUE, "Where did someone rescue someone?", "in Norvik"),
    (RESCUE, "Who filmed something?", "Per Dahl"),
    (RESCUE, "What did someone film?", "the crane"),
    (BRIDGE, "What was closed?", "the bridge"),
    (GATE, "Who closed something?", "Ada Lund"),
    (BRIDGE, "Who said something?", "Per Dahl"),
)


def templates() -> list[Row]:
    return [
        Row(
            source="qasrl_gs",
            question=question,
            passage=passage,
            answers=(Range(start=passage.index(words), end=passage.index(words) + len(words)),),
            answerable=True,
        )
        for passage, question, words in ASKED
    ]


@pytest.fixture(scope="module")
def made() -> list[RelationQuestion]:
    """Return what thirty seeds make of the templates."""
    return [
        one
        for seed in range(30)
        for one in relation_questions(templates(), kinds_by_letters(), seed=seed)
    ]


def test_somebody_is_named_by_the_answer_to_another_question(made: list[RelationQuestion]) -> None:
    said = {
        (one.row.question, one.row.answers[0].of(one.row.passage))
        for one in made
        if one.kind == "said"
    }
    assert ("Who rescued Olav Berg?", "Ada Lund") in said
    assert ("Who rescued Olav Berg in Norvik?", "Ada Lund") in said
    assert ("Where did Ada Lund rescue Olav Berg?", "in Norvik") in said
    assert not any("some" in question for question, _ in said)


def test_roles_are_exchanged(made: list[RelationQuestion]) -> None:
    exchanged = {one.row.question for one in made if one.kind == "roles exchanged"}
    assert "Where did Olav Berg rescue Ada Lund?" in exchanged
    assert "Who rescued Ada Lund?" in exchanged
    assert not exchanged & {one.row.question for one in made if one.kind == "said"}


def test_somebody_else_of_the_sentence_is_asked_about(made: list[RelationQuestion]) -> None:
    changed = {one.row.question for one in made if one.kind == "another argument"}
    assert "Who rescued Per Dahl?" in changed


def test_who_did_it_is_asked_where_nobody_is_named(made: list[RelationQuestion]) -> None:
    unsaid = {one.row.question for one in made if one.kind == "left unsaid"}
    assert "Who was the bridge closed by?" in unsaid
    assert not any("rescue" in question and "Where" in question for question in unsaid)


def test_only_what_is_said_is_answerable(made: list[RelationQuestion]) -> None:
    assert all(one.row.answerable == (one.kind == "said") for one in made)
    assert all(bool(one.row.answers) == one.row.answerable for one in made)


@pytest.mark.parametrize(
    ("question", "asked", "form"),
    [
        ("What did someone vote for?", "to for", "base"),
        ("Who was arrested by someone?", "patient", "participle"),
        ("Who was something committed by?", "agent", "participle"),
        ("Who told someone something?", "agent", "past"),
        ("What isn't someone building somewhere?", "patient", "ing"),
        ("How long has something lasted?", "how long", "participle"),
    ],
)
def test_a_template_is_taken_to_pieces(question: str, asked: str, form: str) -> None:
    frame = frame_of(question)
    assert frame is not None
    assert (frame.asked, frame.form, frame.text()) == (asked, form, question)


@pytest.mark.parametrize("question", ["Who refused to do something?", "When might it rain?", ""])
def test_another_construction_is_left_alone(question: str) -> None:
    assert frame_of(question) is None


@pytest.mark.parametrize(
    ("words", "many"),
    [
        ("the votes of the Senate", True),
        ("Ada and Olav", True),
        ("the Rangers", True),
        ("a lot of people", True),
        ("the leader of the Democrats", False),
        ("a single and open market", False),
        ("the crisis", False),
    ],
)
def test_more_than_one_is_told_from_one(words: str, *, many: bool) -> None:
    assert plural(words) == many


def test_forms_of_one_verb_have_one_root() -> None:
    assert len({lemma(verb) for verb in ("study", "studied", "studies", "studying")}) == 1
    assert len({lemma(verb) for verb in ("write", "wrote", "written", "writing")}) == 1
    assert lemma("lead") != lemma("leave")


def test_the_source_gives_both_kinds_and_the_same_again(tmp_path: Path) -> None:
    for name, passage in (("qanom", BRIDGE), ("qasrl_gs", RESCUE)):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            for row in templates():
                if row.passage == passage:
                    answers = [{"text": one.of(passage), "start": one.start} for one in row.answers]
                    record = {
                        "source": name,
                        "question": row.question,
                        "passage": passage,
                        "answers": answers,
                        "answerable": True,
                    }
                    file.write(f"{json.dumps(record)}\n")
    [source] = [one for one in SOURCES if one.name == "relations"]
    examples = list(make_examples(tmp_path, [source], kinds_by_letters(), seed=0))
    assert examples == list(make_examples(tmp_path, [source], kinds_by_letters(), seed=0))
    assert {one.row.answerable for one in examples} == {True, False}
    assert {one.kind for one in examples} <= {"given", "changed alike"}
