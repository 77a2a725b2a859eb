"""Copies of one text: the first published takes the best place of its group."""

from hypothesis import given
from hypothesis import strategies as st

from retriever.ranking.duplicates import originals_first
from retriever.records import Hit, Passage, Published, Scores
from tests.makers import make_article

STORY = "The bridge over the river opened on Monday after two years of repairs"


def _hit(article_id: str, text: str, published: str | None, rank: int) -> Hit:
    date = Published(value=published, precision="day", source="test") if published else None
    article = make_article(text, id=article_id, published=date)
    passage = Passage(article=article, start=0, end=len(text), ordinal=0)
    return Hit(passage=passage, rank=rank, scores=Scores(cosine=0.5, bm25=1.0, fused=1.0))


def _ids(hits: list[Hit]) -> list[str]:
    return [hit.passage.article.id for hit in hits]


def test_the_first_published_copy_goes_first() -> None:
    hits = [
        _hit("late", STORY, "2023-06-03", 1),
        _hit("other", "A quite different story about wheat prices", None, 2),
        _hit("early", STORY + " today", "2023-06-01", 3),
        _hit("undated", STORY, None, 4),
    ]
    assert _ids(originals_first(hits)) == ["early", "other", "late", "undated"]


def test_different_stories_stay_in_their_order() -> None:
    hits = [_hit("b", "One story about wheat", "2023", 1), _hit("a", "Another on coal", "2022", 2)]
    assert _ids(originals_first(hits)) == ["b", "a"]


@given(st.lists(st.sampled_from([STORY, "wheat prices rose", "coal fell"]), max_size=14))
def test_no_hit_is_lost_or_made(texts: list[str]) -> None:
    hits = [_hit(f"{n:02}", text, None, n + 1) for n, text in enumerate(texts)]
    assert sorted(_ids(originals_first(hits))) == _ids(hits)
