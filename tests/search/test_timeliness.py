"""The present counts only where the question asks about it."""

import pytest

from retriever.search.timeliness import asks_for_news


@pytest.mark.parametrize(
    "question",
    ["Who resigned this week?", "What is the latest on Wagner?", "Which film opened last weekend?"],
)
def test_these_ask_for_news(question: str) -> None:
    assert asks_for_news(question)


@pytest.mark.parametrize("question", ["Who won in 2001?", "What did Ding say about a civil war?"])
def test_these_do_not(question: str) -> None:
    assert not asks_for_news(question)
