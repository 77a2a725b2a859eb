"""Quotes: their answering words stand inside them, whatever a reader points at."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from retriever.records import Quote, Span
from tests.makers import make_article
from tests.strategies import any_texts


@given(any_texts, st.data())
def test_answering_words_are_words_of_their_quote_or_none(text: str, data: st.DataObject) -> None:
    article = make_article(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    places = st.integers(-2, len(text) + 2)
    given_span = Span(start=data.draw(places), end=data.draw(places))
    quote = Quote(article=article, start=start, end=end, score=1, answering=given_span)
    if quote.answering is None:
        assert not (start <= given_span.start < given_span.end <= end) or (
            given_span.of(text).isspace()
        )
        return
    assert quote.answering == given_span
    assert start <= given_span.start < given_span.end <= end
    assert given_span.of(text).strip()
    assert given_span.of(text) in quote.text


def test_a_quote_made_shorter_drops_answering_words_that_it_no_longer_holds() -> None:
    article = make_article("He moved. To Belarus.")
    quote = Quote(article=article, start=0, end=21, score=1, answering=Span(start=13, end=20))
    assert quote.answering
    assert replace(quote, end=9).answering is None


def test_json_says_where_in_the_article_the_answering_words_stand() -> None:
    article = make_article("Once. He moved to Belarus.")
    quote = Quote(article=article, start=6, end=26, score=1)
    assert quote.to_dict()["answering"] is None
    marked = replace(quote, answering=Span(start=18, end=25)).to_dict()["answering"]
    assert json.loads(json.dumps(marked)) == {"start": 18, "end": 25}
