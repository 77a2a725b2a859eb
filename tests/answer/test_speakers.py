"""Who is speaking: only where the quote says so, and only as a span of the quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.answer.speakers import speaker_of
from tests.makers import make_quote

NAMED = {
    "“This won’t be the last time,” Ding said.": "Ding",
    "“The stakes will be higher,” said Su.": "Su",
    "Command is flawed, said Tzu-yun Su, a research fellow in Taipei.": "Tzu-yun Su",
    "Ding also said that “the price will be too dear to pay.”": "Ding",
    "“It is an internal affair,” said a spokesperson for the Chinese Foreign Ministry.": (
        "a spokesperson for the Chinese Foreign Ministry"
    ),
    "The visit was planned, according to a statement from China’s Foreign Ministry.": (
        "China’s Foreign Ministry"
    ),
    "“China supports Russia,” the statement added.": "the statement",
    "Jane Doe, the mayor, said the bridge was safe.": "Jane Doe",
    "The Associated Press said Rudenko’s visit had not been announced.": "The Associated Press",
}


@pytest.mark.parametrize("text", NAMED)
def test_the_speaker_is_found(text: str) -> None:
    speaker = speaker_of(make_quote(text))
    assert speaker is not None
    assert speaker.of(text) == NAMED[text]


@pytest.mark.parametrize(
    "text",
    [
        "“I will go,” he said.",
        "But she added that it was late.",
        "China and Russia signed the treaty in 2001.",
        "He recalled “a man who said no” to them.",
        "Under a deal announced Saturday by the Kremlin, he will move.",
        "A brief uprising that analysts say poses a challenge.",
    ],
)
def test_nobody_is_named_where_nobody_is(text: str) -> None:
    assert speaker_of(make_quote(text)) is None


def test_quoted_words_never_name_the_speaker() -> None:
    text = "“Smith said no,” Jones said."
    speaker = speaker_of(make_quote(text))
    assert speaker is not None
    assert speaker.of(text) == "Jones"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Parallels in the Taiwan Strait\n\nSu said that it was over.", None),
        ("“It is the last time,” Ding said.\n\nHe will move to Belarus.", None),
        ("“It is the last time,” Ding said.\n\n“Never,” said Su.", None),
        ("“It is the last time,” Ding said.\n\nDing also said “never.”", "Ding"),
    ],
)
def test_several_paragraphs_need_one_speaker(text: str, name: str | None) -> None:
    speaker = speaker_of(make_quote(text))
    assert (speaker.of(text) if speaker else None) == name


@pytest.mark.timeout(5)
@pytest.mark.parametrize("unit", ["A ", "A a ", "the a ", "said ", "A, ", "“a” ", "A of the "])
def test_long_hostile_sentences_take_no_time(unit: str) -> None:
    assert speaker_of(make_quote(unit * 1_000)) is None


@given(st.text(max_size=300))
def test_a_speaker_lies_in_the_quote(text: str) -> None:
    speaker = speaker_of(make_quote(text))
    assert speaker is None or 0 <= speaker.start < speaker.end <= len(text)
