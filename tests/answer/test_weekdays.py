"""Which day a weekday means, from the day of publication; nothing where it is not sure."""

from datetime import date

import pytest

from retriever.answer.weekdays import days_meant
from retriever.records import PartialDate, Published, Quote, Span
from tests.makers import make_article

TUESDAY = "2023-06-27"
MEANT = {
    "The pact was signed on Tuesday.": "2023-06-27",
    "The pact was signed on Monday.": "2023-06-26",
    "The pact was signed Wednesday night.": "2023-06-21",
    "Sunday’s talks went well.": "2023-06-25",
    "They met last Tuesday.": "2023-06-20",
    "They meet next Tuesday.": "2023-07-04",
    "They meet next Friday.": "2023-06-30",
    "The court will rule on Friday.": "2023-06-30",
    "The vote is scheduled for Sunday.": "2023-07-02",
    "After the talks, which will go on, he left on Saturday.": "2023-06-24",
    "“It will rain on Friday,” he said on Monday.": "2023-06-26",
    "On Monday a court jailed him for the theft of 2022.": "2023-06-26",
    "TAMSIN, Calderra, June 27 — The pact was signed on Monday.": "2023-06-26",
}
UNSURE = [
    "They met on Sunday, June 25.",
    "They met on Sunday, 25 June 2023.",
    "In March 2021 he came on a ship that left on Sunday.",
    "It opens every Tuesday.",
    "Shops open early on Black Friday.",
    "The Sunday Times reported it.",
    "They met on a Friday.",
    "He said he would come on Friday.",
    "They meet on Tuesdays.",
    "They met the Tuesday before.",
    "“It will rain on Friday,” he said.",
    "Nobody said when.",
]


@pytest.mark.parametrize("text", MEANT)
def test_a_weekday_means_the_day_nearest_to_publication(text: str) -> None:
    (one,) = days_meant(_quote(text))
    assert one.day == date.fromisoformat(MEANT[text])
    assert one.weekday.of(text).endswith("day")


@pytest.mark.parametrize("text", UNSURE)
def test_what_is_not_sure_is_not_computed(text: str) -> None:
    assert days_meant(_quote(text)) == ()


def test_only_the_weekdays_of_what_answers_are_computed() -> None:
    text = "They met on Monday. He left on Sunday."
    start = text.index("Sunday")
    (one,) = days_meant(_quote(text, answering=Span(start=start, end=start + 6)))
    assert one.day == date(2023, 6, 25)
    assert len(days_meant(_quote(text))) == 2


def test_it_says_that_it_is_computed_and_nothing_else() -> None:
    text = "The pact was signed on Tuesday."
    quote = _quote(text)
    (one,) = days_meant(quote)
    assert one.in_words(text) == "Tuesday: 27 June 2023, computed from the publication date"


@pytest.mark.parametrize("published", ["2023-06", "2023", None])
def test_without_a_day_of_publication_nothing_is_computed(published: str | None) -> None:
    assert days_meant(_quote("They met on Monday.", published=published)) == ()


def _quote(text: str, *, answering: Span | None = None, published: str | None = TUESDAY) -> Quote:
    stated = None
    if published:
        precision = PartialDate.parse(published).precision
        stated = Published(value=published, precision=precision, source="test")
    article = make_article(text, published=stated)
    return Quote(article=article, start=0, end=len(text), score=1.0, answering=answering)
