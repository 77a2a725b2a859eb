"""What speaks for a sentence: one table of features, and their weighted sum.

The weights were set by hand on squad2, clapnq, canard and ramdocs and checked on seven sets they
were not set on; a model trained on the same features was no better on those (tests/benchmarks).
A new feature is a new row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from retriever.ranking.context import SentencesInContext
from retriever.ranking.measures import (
    answer_type,
    coverage,
    furniture,
    passage_coverage,
    recency,
    title_coverage,
    unfinished,
    word_pairs,
)
from retriever.records.arrays import FloatVector, RowNumbers

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
        measure=coverage,
        why="share of the question's words, by rarity, in it, beside it and in the title",
    ),
    Feature(
        name="passage_coverage",
        weight=3,
        measure=passage_coverage,
        why="the same share in the passage and the title",
    ),
    Feature(
        name="title_coverage",
        weight=1,
        measure=title_coverage,
        why="the same share in the title alone",
    ),
    Feature(
        name="word_pairs",
        weight=2.5,
        measure=word_pairs,
        why="share of the question's neighbouring words that stand together",
    ),
    Feature(
        name="answer_type",
        weight=2,
        measure=answer_type,
        times="sentence_cosine",
        why="how far it holds the kind of thing that is asked for",
    ),
    Feature(
        name="unfinished",
        weight=-1,
        measure=unfinished,
        adjusts=True,
        why="it ends as captions, teasers and list entries do",
    ),
    # A question may stand alone and still be on the topic of those before. Where the topic changes,
    # little is lost: behind another question of realtimeqa, or two, .004 of @1, of squad2 nothing.
    Feature(
        name="topic_cosine",
        weight=3.3,
        measure=lambda found: found.topic_cosine,
        adjusts=True,
        why=(
            "cosine of the title with the conversation: inscit @1 .646 to .677, canard .812 to"
            " .815, mtrag .500 to .505, cast21 stays"
        ),
    ),
    # More than all that can speak for a sentence, a reader's verdict included: it comes last.
    Feature(
        name="furniture",
        weight=-50,
        measure=furniture,
        adjusts=True,
        why="it is a link, a credit, a caption or a form: eight of 1,716 evidence sentences are",
    ),
    # Only for questions that say "this week" or "latest" it gains half of that, since people ask
    # about the present without saying.
    Feature(
        name="recency",
        weight=3.6,
        measure=recency,
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

    def only(self, places: RowNumbers) -> "FeatureValues":
        """Return the features of the sentences at some ``places``, in that order."""
        return FeatureValues(by_name={name: of[places] for name, of in self.by_name.items()})

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
