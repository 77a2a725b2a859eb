"""Opposite positions of one subject on one object, and what only sounds opposite."""

import pytest

from retriever.answer.positions import opposed
from retriever.answer.statements import Statement

AROUND = "In Norland, Estia and Sudria the Senate and the Court met."


def words_of(one: str, other: str) -> tuple[str, str] | None:
    """Return the words by which two sentences say opposite things."""
    first, second = (Statement(text=text, around=AROUND) for text in (one, other))
    spans = opposed(first, second)
    return (spans[0].of(one), spans[1].of(other)) if spans else None


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            "Norland supports Estia in its claim.",
            "Norland no longer supports Estia.",
            ("supports", "no longer supports"),
        ),
        (
            "Norland has voiced its support for Estia.",
            "Norland withdrew all support from Estia.",
            ("voiced its support", "withdrew all support"),
        ),
        (
            "The court upheld the harbour law.",
            "The harbour law was struck down by the court.",
            ("upheld", "struck down"),
        ),
        (
            "The ministry confirmed the leak.",
            "The ministry denied the leak on Friday.",
            ("confirmed", "denied"),
        ),
        (
            "Norland allows the use of mines.",
            "Norland banned the use of mines.",
            ("allows", "banned"),
        ),
        (
            "The minister attended the summit.",
            "The minister boycotted the summit.",
            ("attended", "boycotted"),
        ),
        (
            "The jury convicted Ada Brandt.",
            "The jury acquitted Brandt.",
            ("convicted", "acquitted"),
        ),
        ("Norland beat Estia.", "Norland lost to Estia.", ("beat", "lost to")),
        (
            "Norland raised the fuel tax.",
            "Norland cut the fuel tax.",
            ("raised", "cut"),
        ),
        (
            "Norland praised the treaty.",
            "Norland condemned the treaty.",
            ("praised", "condemned"),
        ),
    ],
)
def test_opposite_things_said_of_one_subject_and_object(
    one: str, other: str, words: tuple[str, str]
) -> None:
    assert words_of(one, other) == words
    assert words_of(other, one) == words[::-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norland supports Estia.", "Sudria opposes Estia."),
        ("Norland supports Estia.", "Norland opposes Sudria."),
        ("Norland supports Estia.", "Norland’s critics oppose Estia."),
        ("Norland supports Estia.", "Norland would oppose Estia."),
        ("Norland supports Estia.", "Estia opposes Norland."),
        ("Norland supports Estia.", "Norland never opposed Estia."),
        ("The Senate approved the water bill.", "The Senate rejected the harbour treaty."),
        ("The Senate approved the water bill.", "The Senate was asked to reject the water bill."),
        ("The Senate approved the water bill.", "The water bill was rejected."),
        ("The defence minister denied the leak.", "The finance minister confirmed the leak."),
        ("Norland’s support followed.", "Norland dropped support for Estia."),
        ("Norland approved the president's budget.", "Norland rejected the president's nominee."),
    ],
)
def test_what_only_sounds_opposite(one: str, other: str) -> None:
    assert words_of(one, other) is None
