"""What is measured, as pure functions of one question or of parallel lists over questions.

Ranks count from 1, ``None`` is "not found". Places follow the order in which they were found.
nDCG and reciprocal rank come from ``ir_measures``; the evidence measures are this project's own.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from numpy.typing import NDArray

from retriever.records import Span

#: A passage or quote holds a piece of evidence when it covers this share of the evidence.
COVERED = 0.5
Numbers = Sequence[float] | NDArray[np.float64]
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span of an article, named by the article's id."""

    article: str
    span: Span


def holds(place: Place, evidence: Iterable[Place]) -> bool:
    """Tell whether ``place`` covers at least half of one piece of evidence."""
    return any(
        place.article == item.article
        and place.span.overlap(item.span) >= COVERED * (item.span.end - item.span.start)
        for item in evidence
    )


def evidence_rank(found: Sequence[Place], evidence: Sequence[Place]) -> int | None:
    """Return the rank of the first place that holds a piece of evidence."""
    ranks = (rank for rank, place in enumerate(found, start=1) if holds(place, evidence))
    return next(ranks, None)


def article_rank(found: Sequence[Place], articles: Iterable[str]) -> int | None:
    """Return the rank of the first place that lies in one of the articles."""
    wanted = frozenset(articles)
    ranks = (rank for rank, place in enumerate(found, start=1) if place.article in wanted)
    return next(ranks, None)


def recall(ranks: Sequence[int | None], k: int) -> list[float]:
    """Return per question 1.0 when it was found among the first ``k``, else 0.0."""
    return [float(rank is not None and rank <= k) for rank in ranks]


def distinct_articles(found: Iterable[Place]) -> tuple[str, ...]:
    """Return the articles in the order in which they first appear: the ranking of articles."""
    return tuple(dict.fromkeys(place.article for place in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingValues:
    """Per question, in the order given: reciprocal rank and nDCG, both cut at 10, in [0, 1]."""

    reciprocal_rank: tuple[float, ...]
    ndcg: tuple[float, ...]


def ranking_values(
    grades: Sequence[Mapping[str, int]], rankings: Sequence[Sequence[str]]
) -> RankingValues:
    """Compare each question's ranking of distinct articles with their grades.

    nDCG is the form of Järvelin and Kekäläinen (2002) with the grade as gain, as trec_eval
    computes it; for the reciprocal rank a grade of 1 or more counts. A question for which no
    article is graded above 0 must be left out by the caller: both measures are undefined there.
    """
    ndcg, reciprocal_rank = ir_measures.nDCG @ 10, ir_measures.RR @ 10
    judged = {
        str(number): {article: max(grade, 0) for article, grade in graded.items()}
        for number, graded in enumerate(grades)
    }
    run = {
        str(number): {article: float(-rank) for rank, article in enumerate(ranking)}
        for number, ranking in enumerate(rankings)
    }
    values = {ndcg: [0.0] * len(grades), reciprocal_rank: [0.0] * len(grades)}
    for metric in ir_measures.iter_calc([ndcg, reciprocal_rank], judged, run):
        values[metric.measure][int(metric.query_id)] = float(metric.value)
    return RankingValues(ndcg=tuple(values[ndcg]), reciprocal_rank=tuple(values[reciprocal_rank]))


def fold_words(text: str) -> str:
    """Return the words alone, without case, a single space apart and around."""
    # Composed first: a combining mark on its own is no word character.
    composed = unicodedata.normalize("NFKC", text).casefold()
    return f" {_NOT_WORD.sub(' ', composed).strip()} "


def contains_answer(quotes: Iterable[str], answers: Iterable[str]) -> bool:
    """Tell whether one quote holds one answer as whole words.

    Case, spacing and punctuation do not count: "$1.5 billion" is in "it paid $1.5-Billion for".
    An answer without a word or number in it is never found.
    """
    folded = [fold_words(answer) for answer in answers]
    wanted = [answer for answer in folded if answer.strip()]
    return any(answer in fold_words(quote) for quote in quotes for answer in wanted)


def auroc(positives: Numbers, negatives: Numbers) -> float | None:
    """Return the chance that a positive scores above a negative, a tie counting one half.

    This is the area under the ROC curve (Mann-Whitney U, divided by the number of pairs);
    ``None`` when either side is empty.
    """
    if not len(positives) or not len(negatives):
        return None
    ordered = np.sort(np.asarray(negatives, dtype=np.float64))
    scores = np.asarray(positives, dtype=np.float64)
    below = np.searchsorted(ordered, scores, side="left")
    not_above = np.searchsorted(ordered, scores, side="right")
    return float((below + not_above).sum() / (2 * len(scores) * len(ordered)))


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Return the value that ``percent`` of the values do not exceed, interpolated linearly."""
    return float(np.percentile(np.asarray(values), percent)) if values else None
