"""Ask one question and keep what can be measured about the reply, and nothing more.

Hits carry whole articles; an observation keeps ranks and ids, so that thousands fit in memory.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from retriever.errors import DatasetError, QuestionError
from retriever.evaluation.datasets import Dataset, JudgedQuery
from retriever.evaluation.measures import (
    Place,
    article_rank,
    contains_answer,
    distinct_articles,
    evidence_rank,
    holds,
)
from retriever.records import Answer, Article, Hit, Message, Outcome, Quote, Span
from retriever.text.similarity import overlap_f1

Channel = Literal["dense", "lexical", "fused"]
CHANNELS: tuple[Channel, ...] = ("dense", "lexical", "fused")
#: Deep enough that ten different articles are among the passages found.
DEPTH = 100


class Answering(Protocol):
    """What is measured: the part of ``retriever.Index`` that an evaluation calls."""

    def search(
        self, question: str, *, k: int, history: Sequence[Message], today: date | None
    ) -> list[Hit]:
        """Return the final ranking."""

    def search_channel(
        self, question: str, *, channel: Channel, k: int, history: Sequence[Message]
    ) -> list[Hit]:
        """Return the ranking of one channel."""

    def ask(self, question: str, *, history: Sequence[Message], today: date | None) -> Answer:
        """Return the reply that a person would see."""

    def article(self, article_id: str) -> Article:
        """Return a stored article.

        :raises QuestionError: if there is none of that id
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What a question should find: spans where they are known, graded articles in any case.

    ``by_article`` is set throughout a data set that has no spans at all.
    """

    spans: tuple[Place, ...]
    grades: Mapping[str, int]
    by_article: bool

    @property
    def articles(self) -> frozenset[str]:
        """The articles that answer."""
        return frozenset(article for article, grade in self.grades.items() if grade > 0)

    @property
    def measurable(self) -> bool:
        """Whether it can be told if a passage holds the answer."""
        return bool(self.articles) if self.by_article else bool(self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranks:
    """Where a ranking has the evidence: ranks from 1 among passages, ``None`` for not found.

    ``articles`` is the ranking of distinct articles, first appearance first.
    """

    evidence: int | None
    article: int | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One question's reply, reduced to what the report needs.

    ``evident_quotes`` of the ``quotes`` shown hold gold evidence; ``has_answer`` tells whether one
    of them contains an answer string; ``words_overlap`` is the F1 of the first quote's answering
    words with the nearest answer, 0 where none are marked, ``None`` unless answered.
    ``verbatim_failures`` counts quotes, shown or withheld, that differ from the stored text.
    """

    query: JudgedQuery
    gold: Gold
    final: Ranks
    channels: Mapping[Channel, Ranks]
    answered: bool
    confidence: float
    quotes: int
    evident_quotes: int
    has_answer: bool
    words_overlap: float | None
    verbatim_failures: int
    latency_ms: float


def observe(index: Answering, query: JudgedQuery, gold: Gold) -> Observation:
    """Search and ask one question with its history, timing the asking alone.

    :raises DatasetError: naming the question, if it cannot be asked
    """
    try:
        started = time.perf_counter()
        answer = index.ask(query.text, history=query.history, today=query.asked_on)
        latency_ms = 1000 * (time.perf_counter() - started)
        final = index.search(query.text, k=DEPTH, history=query.history, today=query.asked_on)
        channels = {
            channel: _ranks(
                index.search_channel(query.text, channel=channel, k=DEPTH, history=query.history),
                gold,
            )
            for channel in CHANNELS
        }
    except QuestionError as error:
        raise DatasetError(f"question {query.id!r} cannot be asked: {error}") from error
    return Observation(
        query=query,
        gold=gold,
        final=_ranks(final, gold),
        channels=channels,
        answered=answer.outcome is Outcome.ANSWERED,
        confidence=answer.confidence,
        quotes=len(answer.quotes),
        evident_quotes=sum(holds(place_of(quote), gold.spans) for quote in answer.quotes),
        has_answer=contains_answer((quote.text for quote in answer.quotes), query.answers),
        words_overlap=_words_overlap(answer, query.answers),
        verbatim_failures=answer.withheld
        + sum(not _stands(index, quote) for quote in (*answer.quotes, *answer.closest)),
        latency_ms=latency_ms,
    )


def gold_of(dataset: Dataset, query: JudgedQuery) -> Gold:
    """Return what the question should find; grades in ``qrels.tsv`` go before evidence."""
    items = dataset.evidence.get(query.id, ())
    return Gold(
        spans=tuple(
            Place(article=item.article, span=item.span) for item in items if not item.article_level
        ),
        grades=dataset.grades.get(query.id) or {item.article: 1 for item in items},
        by_article=dataset.article_level,
    )


def _ranks(hits: Sequence[Hit], gold: Gold) -> Ranks:
    found = [Place(article=hit.passage.article.id, span=hit.passage.span) for hit in hits]
    by_article = article_rank(found, gold.articles)
    return Ranks(
        evidence=by_article if gold.by_article else evidence_rank(found, gold.spans),
        article=by_article,
        articles=distinct_articles(found),
    )


def _words_overlap(answer: Answer, right: Sequence[str]) -> float | None:
    """Return how well the first quote's answering words agree with the nearest right answer."""
    if not answer.quotes or not right:
        return None
    first = answer.quotes[0]
    words = first.answering.of(first.article.text) if first.answering else ""
    return max(overlap_f1(words, one) for one in right)


def place_of(quote: Quote) -> Place:
    """Return where ``quote`` stands."""
    return Place(article=quote.article.id, span=Span(start=quote.start, end=quote.end))


def _stands(index: Answering, quote: Quote) -> bool:
    try:
        stored = index.article(quote.article.id)
    except QuestionError:
        return False
    return bool(quote.text) and stored.text[quote.start : quote.end] == quote.text
