"""Quotes: their answering words stand inside them, whatever a reader points at."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from retriever.records import Disagreement, Quote, Span
from tests.makers import make_answer, make_article, make_quote
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


def test_json_says_where_the_words_stand_that_two_quotes_contradict_each_other_in() -> None:
    quotes = (make_quote("It killed 14."), make_quote("It killed 19.", id="b.txt"))
    spans = (Span(start=10, end=12), Span(start=10, end=12))
    pair = Disagreement(reason="14 / 19", quotes=(0, 1), kind="numbers", values=spans)
    answer = replace(make_answer(quotes[0]), quotes=quotes, disagreements=(pair,))
    saved = json.loads(json.dumps(answer.to_dict()))
    assert saved["disagreements"] == [
        {
            "reason": "14 / 19",
            "quotes": [0, 1],
            "kind": "numbers",
            "values": [{"start": 10, "end": 12}, {"start": 10, "end": 12}],
        }
    ]
    assert replace(pair, values=None).to_dict()["values"] is None
