"""What the measure of quotes' sizes counts: borders, their need, and neighbours cut in two."""

import pytest

from retriever import Article, Quote
from tests.benchmarks.quote_sizes import (
    adjacent_pairs,
    borders_of,
    crosses_without_need,
    is_long,
)


def quote_of(text: str, start: int = 0, end: int | None = None) -> Quote:
    """Return a quote of an article with this text."""
    article = Article(id="a", title=None, text=text, path="a.txt", sha256="0" * 64)
    return Quote(article=article, start=start, end=len(text) if end is None else end, score=1.0)


@pytest.mark.parametrize(
    ("text", "needless"),
    [
        ("Vik left Sund.\n\nHe took the ferry to Bergen.", False),
        ("Vik left Sund.\n\nBut Bergen kept Vik for a year.", False),
        ("Jonas Vik left Sund.\n\nVik, a captain, lives in Bergen.", False),
        ("A ferry left Sund.\n\nThe ferry was bound for Bergen.", False),
        ("The owner gave a reason:\n\nSund has no harbour.", False),
        ("Jonas Vik said Sund was lost.\n\n“Sund has no harbour.”", False),
        ("“Sund has no harbour.”\n\n– Jonas Vik.", False),
        ("Nine men of Sund came.\n\nThree of the men drowned.", False),
        ("Vik left Sund.\n\nGrowers in Farne blame a warm spring.", True),
        ("Vik left Sund.\n\nThe first school in Farne was built of slate.", True),
        ("Vik left Sund. He took the ferry.", False),
    ],
)
def test_a_border_is_crossed_without_need_where_the_next_stands_alone(
    text: str, *, needless: bool
) -> None:
    assert crosses_without_need(quote_of(text)) is needless


def test_the_sentences_at_a_border_are_found() -> None:
    quote = quote_of("Rain fell. Vik left Sund.\n\nHe went to Bergen. It was cold.")
    assert [(before.text, behind.text) for before, behind in borders_of(quote)] == [
        ("Vik left Sund.", "He went to Bergen.")
    ]


def test_quotes_with_nothing_between_them_are_adjacent() -> None:
    text = "Vik left Sund.\n\nHe went to Bergen. It was cold."
    first, second, third = (quote_of(text, *place) for place in ((0, 14), (16, 34), (35, 47)))
    assert [(one.text, other.text) for one, other in adjacent_pairs([second, first])] == [
        (first.text, second.text)
    ]
    assert not [*adjacent_pairs([first, third])]


def test_a_quote_is_long_beyond_sixty_words() -> None:
    assert not is_long(quote_of("word " * 60))
    assert is_long(quote_of("word " * 61))
