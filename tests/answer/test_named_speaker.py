"""Whose words a sentence tells, for a speaker that the question names."""

import pytest

from retriever.answer.named_speaker import NamedSpeaker, named_speaker
from retriever.answer.sentence_context import Sentence
from retriever.text.sentences import sentence_spans
from retriever.text.terms import terms
from tests.makers import make_article


@pytest.mark.parametrize(
    ("who", "name", "role"),
    [
        ("Ding", ("Ding",), ""),
        ("Commander Piers Adeyo", ("Piers", "Adeyo"), ""),
        ("finance minister Oskar Wendt", ("Oskar", "Wendt"), ""),
        ("the Court of Justice", ("Court", "Justice"), ""),
        ("the Kremlin", ("Kremlin",), ""),
        ("the prime minister of Ostrey", (), "prime minister"),
        ("the Chinese foreign ministry", (), "foreign ministry"),
    ],
)
def test_a_speaker_has_a_name_or_a_role(who: str, name: tuple[str, ...], role: str) -> None:
    found = named_speaker(who)
    assert found == NamedSpeaker(name=name, role=frozenset(terms(role)))


@pytest.mark.parametrize("who", ["analysts", "people", "the witnesses"])
def test_who_is_not_named_is_nobody_in_particular(who: str) -> None:
    assert named_speaker(who) is None


OSTREY = "the prime minister of Ostrey"
TOLD = [
    ("Ding said that it would fail.", "Ding", True),
    ("“It will fail,” said Xueliang Ding, a professor.", "Xueliang Ding", True),
    ("“It will fail,” Xi told them.", "Xi Jinping", True),
    ("It was what Putin called an “armed uprising.”", "Vladimir Putin", True),
    ("Both Ding and Su said that it would fail.", "Ding", True),
    ("Under a deal announced by the spokesman Dmitry Peskov, he will move.", "Dmitry Peskov", True),
    ("The minister, Oskar Wendt, said that it would not pay.", "Oskar Wendt", True),
    ("Dr. Hanne Visk of the Basin Institute said it was the edge.", "Hanne Visk", True),
    ("According to Ding, it will fail.", "Ding", True),
    ("Xi Jinping is pragmatic, Su said.", "Xi Jinping", False),
    ("Su said the coup could make Xi think twice.", "Xi Jinping", False),
    ("Ma told Rudenko that trust had grown.", "Rudenko", False),
    ("Joe Manchin said no.", "Joe Biden", False),
    (
        "“It is done,” said Nils Aberrane, the fisheries minister.",
        "the prime minister of Ostrey",
        False,
    ),
    ("“It is done,” said Nils Aberrane, the prime minister.", OSTREY, True),
]


@pytest.mark.parametrize(("text", "who", "told"), TOLD)
def test_a_sentence_gives_the_words_of_who_speaks(text: str, who: str, told: object) -> None:
    speaker = named_speaker(who)
    assert speaker is not None
    assert speaker.speaks_in(_only_sentence(text)) is told


def test_a_name_may_be_spelt_otherwise_behind_the_same_first_name() -> None:
    speaker = named_speaker("Samira Okonwey")
    assert speaker is not None
    assert speaker.speaks_in(_only_sentence("Samira Okonwe said so."))
    assert not speaker.speaks_in(_only_sentence("Samira Brandt said so."))


def _only_sentence(text: str) -> Sentence:
    (span,) = sentence_spans(text)
    return Sentence(
        row=0,
        article=make_article(text),
        span=span,
        score=0,
        fitting=0,
        held=0,
        words=frozenset(terms(text)),
    )
