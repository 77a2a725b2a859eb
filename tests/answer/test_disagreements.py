"""What is shown as a disagreement, and what only seems to be one: pairs of made-up news."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever import Disagreement, Published, Quote
from retriever.answer.contradictions import contradictions_among
from retriever.query.analysis import Analysis, analyse
from retriever.query.question import Question
from tests.makers import make_article
from tests.strategies import any_texts

DEAD = "How many people died in the Ostrava mine collapse?"
REFINERY = "How much did the Kestrel refinery cost?"
OPENED = "When was the Lune tunnel opened?"
WHO = "Who designed the Halden bridge?"
ANY = "What happened at the Halden bridge?"

DISAGREE = [
    (
        DEAD,
        "The collapse of the Ostrava mine killed 14 people.",
        "At least 19 people died when the mine in Ostrava collapsed.",
        ("14 people", "At least 19 people"),
    ),
    (
        DEAD,
        "The death toll in Ostrava rose to 23 a day after the mine collapsed.",
        "Seventeen people were killed in the collapse of the mine, Ostrava police said.",
        ("23", "Seventeen people"),
    ),
    (
        "What was the death toll of the collapse in Ostrava?",
        "At least 27 people, two of them boys, died in Ostrava in the collapse.",
        "The collapse claimed 21 lives in Ostrava.",
        ("At least 27 people", "21 lives"),
    ),
    (
        REFINERY,
        "The Kestrel refinery cost $1.2 billion, its owner said.",
        "The Kestrel refinery cost $1.9 billion, its owner said.",
        ("$1.2 billion", "$1.9 billion"),
    ),
    (
        "How long is the Lune tunnel?",
        "The Lune tunnel is 12 km long and runs below the river.",
        "The Lune tunnel is 9 miles long and runs below the river.",
        ("12 km", "9 miles"),
    ),
    (
        OPENED,
        "The Lune tunnel was opened in 1893, after six years.",
        "The tunnel, which the Lune runs above, was opened on 3 May 1901.",
        ("1893", "3 May 1901"),
    ),
    (
        ANY,
        "The ferry sank off Halden bridge on 4 March 2019 in heavy seas.",
        "The ferry sank off Halden bridge on 9 March 2019 in heavy seas.",
        ("4 March 2019", "9 March 2019"),
    ),
    (
        WHO,
        "The old bridge of Halden was designed by Ines Corvo and built in four years.",
        "The old bridge of Halden was designed by Paul Adeyemi and built in four years.",
        ("Ines Corvo", "Paul Adeyemi"),
    ),
    (
        ANY,
        "Norland has thrown its support behind Estia after the raid on the bridge.",
        "Norland has dropped support for Estia, days after the raid.",
        ("thrown its support behind", "dropped support"),
    ),
    (
        ANY,
        "The senate approved the water bill late in the evening.",
        "The water bill was rejected by the senate.",
        ("approved", "rejected"),
    ),
    (
        ANY,
        "Minister Ada Brandt confirmed the leak at a press meeting.",
        "Ada Brandt has not confirmed the leak.",
        ("confirmed", "has not confirmed"),
    ),
    (
        "What percentage of voters backed the plan?",
        "In the poll, 62 percent of voters backed the plan of the mayor.",
        "In the poll, 48% of voters backed the plan of the mayor.",
        ("62 percent", "48%"),
    ),
]

AGREE = {
    "another subject": (
        DEAD,
        "The collapse of the Ostrava mine killed 14 people.",
        "The collapse of the Karvina mine killed 19 people, not far from Ostrava.",
    ),
    "another measure": (
        DEAD,
        "The collapse of the Ostrava mine killed 14 people.",
        "The collapse of the Ostrava mine injured 19 people.",
    ),
    "another unit": (
        REFINERY,
        "The Kestrel refinery cost $1.2 billion.",
        "The Kestrel refinery cost 900 workers two years.",
    ),
    "a part of the whole": (
        DEAD,
        "The collapse of the Ostrava mine killed 14 people.",
        "Those killed in the Ostrava mine collapse, including three children, were found.",
    ),
    "others added": (
        DEAD,
        "The collapse of the Ostrava mine killed 14 people.",
        "Another five people died in the mine collapse in Ostrava.",
    ),
    "another period": (
        "How many people died on the roads of Estia?",
        "On the roads of Estia, 40 people died last month.",
        "On the roads of Estia, 510 people died last year.",
    ),
    "another year": (
        "How many people died on the roads of Estia?",
        "On the roads of Estia, 480 people died in 2019.",
        "On the roads of Estia, 510 people died in 2021.",
    ),
    "rounded": (
        "How many people work at the Kestrel refinery?",
        "About 11,000 people work at the Kestrel refinery.",
        "The Kestrel refinery has 11,243 people at work.",
    ),
    "rounded without a word": (
        REFINERY,
        "The Kestrel refinery cost $1.2 billion.",
        "The Kestrel refinery cost $1.23 billion.",
    ),
    "more than": (
        DEAD,
        "More than 10 people died in the collapse of the Ostrava mine.",
        "The collapse of the Ostrava mine killed 12 people.",
    ),
    "up to": (
        DEAD,
        "Up to 30 people died in the collapse of the Ostrava mine.",
        "The collapse of the Ostrava mine killed 12 people.",
    ),
    "converted": (
        "How long is the Lune tunnel?",
        "The Lune tunnel is 12 km long and runs below the river.",
        "The Lune tunnel is 7.5 miles long and runs below the river.",
    ),
    "a year and its day": (
        OPENED,
        "The Lune tunnel was opened in 1893.",
        "The Lune tunnel was opened on 2 May 1893.",
    ),
    "another event of the subject": (
        OPENED,
        "The Lune tunnel was opened in 1893.",
        "The Lune tunnel was closed in 1951.",
    ),
    "what may be": (
        ANY,
        "Norland has thrown its support behind Estia.",
        "Norland could drop its support for Estia if the raid is repeated.",
    ),
    "another's position": (
        ANY,
        "Norland supports Estia in its claim.",
        "Sudria opposes Estia in its claim.",
    ),
    "a position on something else": (
        ANY,
        "The senate approved the water bill.",
        "The senate rejected the harbour treaty.",
    ),
    "an order of magnitude of a name": (
        ANY,
        "The Boeing 737 landed near Halden bridge after the storm had passed.",
        "The Boeing 747 landed near Halden bridge after the storm had passed.",
    ),
    "another weekday": (
        DEAD,
        "On Monday 14 people died in the collapse of the Ostrava mine.",
        "On Friday 19 people died in the collapse of the Ostrava mine.",
    ),
    "one name written in two ways": (
        WHO,
        "The old bridge of Halden was designed by Yulia Kovalenko and built in four years.",
        "The old bridge of Halden was designed by Julia Kowalenko and built in four years.",
    ),
    "other names for all else": (
        WHO,
        "Ines Corvo, who designed the Halden bridge, was born in Porto.",
        "Paul Adeyemi, who designed the Mora bridge, was born in Lagos.",
    ),
}


def asked(question: str) -> Analysis:
    """Return what a question asks for."""
    return analyse(Question(text=question))


def quotes_of(*texts: str, days: tuple[str | None, ...] = (None, None)) -> list[Quote]:
    """Return a quote of each text, each the whole of an article."""

    def dates() -> Iterator[Published | None]:
        for day in days:
            yield Published(value=day, precision="day", source="sidecar") if day else None

    return [
        Quote(
            article=make_article(text, id=f"{number}.txt", published=published),
            start=0,
            end=len(text),
            score=1,
        )
        for number, (text, published) in enumerate(zip(texts, dates(), strict=True))
    ]


def words_of(pair: Disagreement, quotes: list[Quote]) -> tuple[str, ...]:
    """Return the words in which two quotes differ."""
    assert pair.values
    return tuple(
        value.of(quotes[place].article.text)
        for place, value in zip(pair.quotes, pair.values, strict=True)
    )


@pytest.mark.parametrize(("question", "one", "other", "words"), DISAGREE)
def test_what_cannot_both_be_so_is_shown(
    question: str, one: str, other: str, words: tuple[str, str]
) -> None:
    quotes = quotes_of(one, other)
    (pair,) = contradictions_among(quotes, asked(question))
    assert words_of(pair, quotes) == words
    assert pair.reason.endswith(f": {words[0]} / {words[1]}")
    turned = quotes[::-1]
    (pair,) = contradictions_among(turned, asked(question))
    assert words_of(pair, turned) == words[::-1]


@pytest.mark.parametrize(("question", "one", "other"), AGREE.values(), ids=AGREE)
def test_what_only_seems_to_differ_is_not_shown(question: str, one: str, other: str) -> None:
    assert not contradictions_among(quotes_of(one, other), asked(question))


def test_a_toll_that_rose_is_a_difference_and_one_of_another_year_is_none() -> None:
    texts = (
        "The collapse of the Ostrava mine killed 14 people.",
        "The collapse of the Ostrava mine killed 19 people.",
    )
    for days, shown in (
        (("2021-05-03", "2021-05-04"), 1),
        (("2021-05-03", "2022-05-04"), 0),
    ):
        found = contradictions_among(quotes_of(*texts, days=days), asked(DEAD))
        assert len(found) == shown


def test_a_count_of_another_day_is_no_difference() -> None:
    texts = (
        "A collapse of the Ostrava mine on July 29 killed 14 people.",
        "The collapse of the Ostrava mine killed 19 people.",
    )
    for written, shown in (("2021-08-09", 0), ("2021-07-30", 1)):
        quotes = quotes_of(*texts, days=("2021-08-09", written))
        assert len(contradictions_among(quotes, asked(DEAD))) == shown


def test_a_position_that_changed_in_time_is_no_difference() -> None:
    texts = ("The Norland bank raised the lending rate.", "The Norland bank cut the lending rate.")
    for written, shown in (("2021-03-09", 1), ("2022-11-09", 0)):
        quotes = quotes_of(*texts, days=("2021-03-08", written))
        assert len(contradictions_among(quotes, asked(ANY))) == shown


def test_what_comes_again_has_another_date_each_time() -> None:
    texts = (
        "The winning numbers of the Halden lottery were drawn on August 1.",
        "The winning numbers of the Halden lottery were drawn on August 8.",
    )
    again = quotes_of(*texts, days=("2023-08-02", "2023-08-09"))
    assert not contradictions_among(again, asked(ANY))
    once = quotes_of(*texts, days=("2023-08-09", "2023-08-09"))
    assert contradictions_among(once, asked(ANY))


def test_one_article_does_not_contradict_itself() -> None:
    text = "The senate approved the bill. The senate rejected the bill."
    article = make_article(text)
    quotes = [
        Quote(article=article, start=0, end=29, score=1),
        Quote(article=article, start=30, end=len(text), score=1),
    ]
    assert not contradictions_among(quotes, asked(ANY))


@given(any_texts, any_texts, st.sampled_from([DEAD, OPENED, WHO, ANY]))
def test_words_that_differ_stand_inside_their_quotes(one: str, other: str, question: str) -> None:
    quotes = quotes_of(one, other)
    for pair in contradictions_among(quotes, asked(question)):
        assert pair.values
        for place, value in zip(pair.quotes, pair.values, strict=True):
            assert value.is_part_of(quotes[place].span)
