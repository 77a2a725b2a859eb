"""A real, very small index: passages are paragraphs, found by the number of words in common.

What it does is simple enough to work out by hand, so the figures in the tests can be exact.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256

from retriever.errors import QuestionError
from retriever.evaluation.measures import fold_words
from retriever.evaluation.observing import Channel
from retriever.records import (
    Answer,
    Article,
    Coverage,
    Hit,
    Message,
    Outcome,
    Passage,
    Quote,
    Scores,
)

_COVERAGE = Coverage(
    articles=0,
    passages=0,
    publishers=0,
    undated=0,
    earliest=None,
    latest=None,
    failed=(),
    built="2026-11-22T00:00:00Z",
    generation=1,
)


def make_article(article_id: str, text: str) -> Article:
    """Return an article of this text with nothing else known about it."""
    digest = sha256(text.encode()).hexdigest()
    return Article(id=article_id, path="corpus.jsonl", text=text, sha256=digest)


class SmallIndex:
    """Answers with the best paragraph when it shares at least two words with the question."""

    def __init__(self, articles: Iterable[Article]) -> None:
        """Hold the articles; ``turns`` and ``days`` record what came with each question."""
        self.days: list[date | None] = []
        self._articles = {article.id: article for article in articles}
        self.turns: list[int] = []

    def article(self, article_id: str) -> Article:
        """Return a stored article."""
        if article_id not in self._articles:
            message = f"no article {article_id!r}"
            raise QuestionError(message)
        return self._articles[article_id]

    def search(
        self, question: str, *, k: int, history: Sequence[Message], today: date | None = None
    ) -> list[Hit]:
        """Return the paragraphs with words in common, most first, ties by passage id."""
        self.turns.append(len(history))
        self.days.append(today)
        found = [
            (common, passage)
            for passage in self._passages()
            if (common := len(_words(question) & _words(passage.text)))
        ]
        found.sort(key=lambda pair: (-pair[0], pair[1].id))
        return [
            Hit(passage=passage, rank=rank, scores=Scores(cosine=0, bm25=common, fused=0))
            for rank, (common, passage) in enumerate(found[:k], start=1)
        ]

    def search_channel(
        self, question: str, *, channel: Channel, k: int, history: Sequence[Message]
    ) -> list[Hit]:
        """Return the same ranking for two channels, and nothing for the dense one."""
        return [] if channel == "dense" else self.search(question, k=k, history=history)

    def ask(
        self, question: str, *, history: Sequence[Message], today: date | None = None
    ) -> Answer:
        """Quote the best paragraph; confidence is the share of the question's words in it."""
        best = self.search(question, k=1, history=history, today=today)
        common = best[0].scores.bm25 if best else 0
        quotes = tuple(
            Quote(
                article=hit.passage.article, start=hit.passage.start, end=hit.passage.end, score=1
            )
            for hit in best
        )
        answered = common >= 2
        return Answer(
            question=question,
            search_text=question,
            outcome=Outcome.ANSWERED if answered else Outcome.NOT_FOUND,
            confidence=common / max(1, len(_words(question))),
            coverage=_COVERAGE,
            quotes=quotes if answered else (),
            closest=() if answered else quotes,
        )

    def _passages(self) -> Iterable[Passage]:
        for article in self._articles.values():
            start = 0
            for ordinal, paragraph in enumerate(article.text.split("\n")):
                end = start + len(paragraph)
                yield Passage(article=article, start=start, end=end, ordinal=ordinal)
                start = end + 1


def _words(text: str) -> set[str]:
    return set(fold_words(text).split())
