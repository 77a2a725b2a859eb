"""Which sentence an article is told to begin with."""

import pytest

from retriever.answer.openings import opening_of, sentence_naming, sentence_with
from retriever.records import Span
from retriever.text.lexicon import ENGLISH
from retriever.text.terms import terms
from tests.makers import make_article

FERRY = "The night ferry struck the breakwater of Ostby in thick fog."


@pytest.mark.parametrize(
    "furniture",
    [
        "Ferry strikes the breakwater of Ostby.",
        "By Ann Berg",
        "Anton Gubin, left, and Maria Sand meet in the harbour of Ostby.",
        "Sign up for our newsletter and never miss the news.",
        "A version of this story appeared in the paper of the harbour.",
        "Plus, Hamn names a new harbour master and the tides of the week.",
        "Passengers wait on the quay of Ostby (Photo: Ann Berg)",
        "Here is all that you need to know:",
    ],
)
def test_what_is_no_sentence_of_the_article_is_passed_over(furniture: str) -> None:
    article = make_article(
        f"{furniture}\n\n{FERRY}", title="Ferry strikes the breakwater of Ostby | The Post"
    )
    opening = opening_of(article)
    assert opening is not None
    assert opening.of(article.text) == FERRY


def test_where_nothing_tells_the_first_is_taken() -> None:
    article = make_article("Short.\n\nToo short.")
    opening = opening_of(article)
    assert opening is not None
    assert opening.of(article.text) == "Short."
    assert opening_of(make_article("   ")) is None


def test_a_sentence_is_found_by_its_words_and_by_a_name() -> None:
    told = "Captain Maria Sand was on the bridge when the night ferry struck."
    article = make_article(f"Maria Sand\n\nNobody was hurt in the harbour on that day. {told}")
    found = sentence_with(article, terms("Sand bridge"), ENGLISH)
    assert found is not None
    assert found.of(article.text) == told
    assert sentence_with(article, terms("zeppelin"), ENGLISH) is None
    named = sentence_naming(article, Span(start=0, end=len("Maria Sand")))
    assert named is not None
    assert named.of(article.text) == told
