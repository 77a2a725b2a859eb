"""What speaks for a sentence: one table of features, and their weighted sum.

The weights were set by hand on squad2, clapnq, canard and ramdocs and checked on seven sets they
were not set on; a model trained on the same features was no better on those (tests/benchmarks).
A new feature is a new row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retriever.query.formulation import Query
from retriever.ranking.answer_fit import holds_answer_type
from retriever.ranking.context import SentencesInContext
from retriever.ranking.recency import recency
from retriever.records.arrays import FloatMatrix, FloatVector
from retriever.text.sentences import is_finished
from retriever.text.terms import words

BESIDE = 0.6  # what a word counts in the sentence before, or in the title
AFTER = 0.48  # and in the sentence after
PHRASE = 3  # two neighbouring words of the question count as a phrase up to this distance

Measure = Callable[[SentencesInContext], FloatVector]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing that speaks for a sentence, or against it.

    ``measure`` gives it for ``m`` sentences, ``(m,) float32``; ``times`` names another feature that
    it is multiplied by in the sum. ``why`` says what it is and what it was measured on.
    ``adjusts`` are features that no perfect sentence needs: they do not count in the scale.
    """

    name: str
    weight: float
    measure: Measure
    why: str
    times: str | None = None
    adjusts: bool = False


def _coverage(found: SentencesInContext) -> FloatVector:
    near = np.maximum(BESIDE * found.before, AFTER * found.after)
    near = np.maximum(near, BESIDE * found.in_title)
    return _share(found.query, np.maximum(found.here, near))


def _passage_coverage(found: SentencesInContext) -> FloatVector:
    return _share(found.query, np.maximum(found.in_passage, found.in_title))


def _title_coverage(found: SentencesInContext) -> FloatVector:
    return _share(found.query, found.in_title)


def _share(query: Query, presence: FloatMatrix) -> FloatVector:
    """Return how much of the question's weight is present, ``(m,)``, from ``(terms, m)``."""
    total = float(query.weights.sum())
    share: FloatVector = query.weights @ presence / np.float32(total or 1.0)
    return share


def _word_pairs(found: SentencesInContext) -> FloatVector:
    """Return the share of the question's neighbouring words that stand together, ``(m,)``.

    A pair counts by the rarity of both words and inversely to their distance, in the question's
    order 1 when next to each other, one more in the other order, and nothing beyond PHRASE.
    """
    query = found.query
    pairs = [
        (one, other, float(own + its))
        for (one, own), (other, its) in pairwise(zip(query.terms, query.weights, strict=True))
    ]
    total = sum(weight for _, _, weight in pairs) or 1.0
    shares = [
        sum(weight * _pair_nearness(places, one, other) for one, other, weight in pairs) / total
        for places in map(_places_by_term, found.terms)
    ]
    return np.array(shares, dtype=np.float32)


def _places_by_term(sentence: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, term in enumerate(sentence):
        places.setdefault(term, []).append(place)
    return places


def _pair_nearness(places: Mapping[str, Sequence[int]], one: str, other: str) -> float:
    if one not in places or other not in places:
        return 0.0
    distance = min(
        theirs - own if theirs > own else own - theirs + 1
        for own in places[one]
        for theirs in places[other]
    )
    return 1 / distance if distance <= PHRASE else 0.0


def _answer_type(found: SentencesInContext) -> FloatVector:
    asked = frozenset(words(found.query.text))
    kind = found.query.analysis.answer_type
    return np.array(
        [holds_answer_type(text, kind, asked) for text in found.texts], dtype=np.float32
    )


def _unfinished(found: SentencesInContext) -> FloatVector:
    return np.array([not is_finished(text) for text in found.texts], dtype=np.float32)


def _recency(found: SentencesInContext) -> FloatVector:
    return recency(found.published, found.query.analysis.window)


FEATURES: tuple[Feature, ...] = (
    Feature(
        name="passage_cosine",
        weight=3,
        measure=lambda found: found.passage_cosine,
        why="cosine of its passage with the question",
    ),
    Feature(
        name="sentence_cosine",
        weight=8,
        measure=lambda found: found.cosine,
        why="its own cosine; for a follow-up with the question alone: canard .56 to .61 quoted",
    ),
    Feature(
        name="neighbour_cosine",
        weight=1,
        measure=lambda found: found.neighbour_cosine,
        why="cosine of the nearer of its neighbours",
    ),
    Feature(
        name="title_cosine",
        weight=2,
        measure=lambda found: found.title_cosine,
        why="cosine of the title, by which one tells what an article is about",
    ),
    Feature(
        name="passage_words",
        weight=2.5,
        measure=lambda found: found.passage_words,
        why="BM25 of the passage as a share of its bound",
    ),
    Feature(
        name="article_words",
        weight=3,
        measure=lambda found: found.article_words,
        why="BM25 of the article as a share of its bound",
    ),
    Feature(
        name="coverage",
        weight=5,
        measure=_coverage,
        why="share of the question's words, by rarity, in it, beside it and in the title",
    ),
    Feature(
        name="passage_coverage",
        weight=3,
        measure=_passage_coverage,
        why="the same share in the passage and the title",
    ),
    Feature(
        name="title_coverage",
        weight=1,
        measure=_title_coverage,
        why="the same share in the title alone",
    ),
    Feature(
        name="word_pairs",
        weight=2.5,
        measure=_word_pairs,
        why="share of the question's neighbouring words that stand together",
    ),
    Feature(
        name="answer_type",
        weight=2,
        measure=_answer_type,
        times="sentence_cosine",
        why="how far it holds the kind of thing that is asked for",
    ),
    Feature(
        name="unfinished",
        weight=-1,
        measure=_unfinished,
        adjusts=True,
        why="it ends as captions, teasers and list entries do",
    ),
    # Only for questions that say "this week" or "latest" it gains half of that, since people ask
    # about the present without saying.
    Feature(
        name="recency",
        weight=3.6,
        measure=_recency,
        adjusts=True,
        why="nearness of its date to the time asked about: realtimeqa @1 .813 without, .848 with",
    ),
)
# What every feature at its best would give: strengths are shares of it.
FULL = sum(feature.weight for feature in FEATURES if not feature.adjusts)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureValues:
    """The features of ``m`` sentences by name, each ``(m,) float32``."""

    by_name: Mapping[str, FloatVector]

    def __getitem__(self, name: str) -> FloatVector:
        """Return the values of a feature."""
        return self.by_name[name]

    def replaced(self, name: str, values: FloatVector) -> "FeatureValues":
        """Return the features with other values for one of them."""
        return FeatureValues(by_name={**self.by_name, name: values})

    def strength(self) -> FloatVector:
        """Return the weighted sum, ``(m,)``: 1 would be a perfect score in every feature."""
        parts = [
            feature.weight * self[feature.name] * (self[feature.times] if feature.times else 1)
            for feature in FEATURES
        ]
        strength: FloatVector = (np.sum(parts, axis=0) / FULL).astype(np.float32)
        return strength


def measure(found: SentencesInContext) -> FeatureValues:
    """Return every feature of the sentences."""
    return FeatureValues(by_name={feature.name: feature.measure(found) for feature in FEATURES})
