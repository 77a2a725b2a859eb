"""Who is speaking: only where the article says so, and only as a span of it."""

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
    "“Never,” responded Okafor.": "Okafor",
    "Sen. Ada M. Reyes (D-Nev.) has repeatedly warned of it.": "Sen. Ada M. Reyes",
    "Ada Reyes, 29, of Port Ellery, Ala., says it is too late.": "Ada Reyes",
    "When the mayor said no, Reyes responded “never.”": "Reyes",
    "It is late, warned campaign chairman Jo Reyes, adding numbers.": "campaign chairman Jo Reyes",
    "But Reyes conceded that it was late.": "Reyes",
    "Republican voters said no, according to Reyes.": "Reyes",
    "By the FDA, the vaccine may be there in May, said Dr. Ada Reyes, its maker.": "Dr. Ada Reyes",
    "Ada Reyes, 54, a folk singer from Ellery near Hamn, said she fled.": "Ada Reyes",
    "“It ends in May,” R&D told the paper.": "R&D",
    "The suspect has admitted to shooting him, according to Ellery police.": "Ellery",
    "New Partygate claims being examined are “a blow,” said grandee Ada Reyes.": (
        "grandee Ada Reyes"
    ),
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
        "Experts have long discounted Ellery’s claims.",
        "To believe that the government must ensure states are fair, wait.",
        "The council, said Okafor had left.",
        "The agency did not say whether anybody was hurt.",
        "He left as a free agent in a deal they announced on Monday.",
        "Three people familiar with the matter told the paper.",
        "Officials with the state of Ellery told a reporter on Tuesday.",
        "If the House concludes that she is not fit, it can remove her.",
    ],
)
def test_nobody_is_named_where_nobody_is(text: str) -> None:
    assert speaker_of(make_quote(text)) is None


@pytest.mark.parametrize(
    ("before", "quote", "name"),
    [
        ("Ada Reyes said it was late.", "“It will not last,” she said.", "Ada Reyes"),
        ("Reyes said no. It was late in the year.", "He also warned of storms.", "Reyes"),
        ("“No,” he said.\n\nReyes added that it was late.", "“Never,” said he.", "Reyes"),
        ("Reyes said no. Okafor stood by.", "“It will not last,” he said.", None),
        ("Reyes stood by.", "“It will not last,” he said.", None),
        ("The mayor said no.", "“It will not last,” he said.", "The mayor"),
        ("Reyes said no.", "He will move to Belarus.", None),
        ("“Okafor said no.”", "“It will not last,” he said.", None),
    ],
)
def test_he_said_is_followed_back_to_the_last_name(
    before: str, quote: str, name: str | None
) -> None:
    text = f"{before} {quote}"
    speaker = speaker_of(make_quote(text, start=len(before) + 1))
    assert (speaker.of(text) if speaker else None) == name


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
@pytest.mark.parametrize(
    "unit",
    ["A ", "A a ", "the a ", "said ", "A, ", "“a” ", "A of the ", "J. ", "A'", "“", "A\n", " "],
)
def test_long_hostile_sentences_take_no_time(unit: str) -> None:
    """Ten times as long as a quote can be: what takes the square of its length takes minutes."""
    assert speaker_of(make_quote(unit * (30_000 // len(unit)))) is None


@given(st.text(max_size=300))
def test_a_speaker_lies_in_the_quote(text: str) -> None:
    speaker = speaker_of(make_quote(text))
    assert speaker is None or 0 <= speaker.start < speaker.end <= len(text)
