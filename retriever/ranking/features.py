"""What speaks for a sentence, each signal measured by itself, and how they add up.

The weights were set by hand on squad2, clapnq, canard and ramdocs and checked on seven sets they
were not set on; a model trained on the same signals was no better on those (tests/benchmarks).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retriever.index.generation import Generation
from retriever.query.answer_types import holds_wanted, is_finished, wanted_by
from retriever.query.formulation import Query
from retriever.ranking.candidates import Candidates, as_share
from retriever.ranking.context import presence, read_sentences
from retriever.text.terms import words

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

BESIDE = 0.6  # what a word counts in the sentence before, or in the title
AFTER = 0.48  # and in the sentence after
FULL = 33  # the sum of all weights: what every signal at its best would give
PHRASE = 3  # two neighbouring words of the question count as a phrase up to this distance


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """What speaks for each of ``m`` sentences; all ``(m,) float32``.

    ``*_cosine`` are cosines with the question, of the passage, the sentence, the nearer of its
    neighbours, and the title. ``*_words`` are BM25 of passage and article as a share of its bound.
    ``*_coverage`` are the shares of the question's words, weighted by rarity, in the sentence with
    its surroundings, the passage, and the title; ``phrases`` is the share of its pairs of
    neighbouring words that stand together. ``fitting`` is how far the sentence holds the kind of
    thing that is asked for; ``finished`` is 1 where it ends as sentences do.
    """

    passage_cosine: Floats
    sentence_cosine: Floats
    neighbour_cosine: Floats
    title_cosine: Floats
    passage_words: Floats
    article_words: Floats
    coverage: Floats
    passage_coverage: Floats
    title_coverage: Floats
    phrases: Floats
    fitting: Floats
    finished: Floats

    def strength(self) -> Floats:
        """Return the weighted sum, scaled so that 1 would be a perfect score in every signal."""
        total = (
            3 * self.passage_cosine
            + 8 * self.sentence_cosine
            + 1 * self.neighbour_cosine
            + 2 * self.title_cosine
            + 2.5 * self.passage_words
            + 3 * self.article_words
            + 5 * self.coverage
            + 3 * self.passage_coverage
            + 1 * self.title_coverage
            + 2.5 * self.phrases
            + 2 * self.fitting * self.sentence_cosine
            - 1 * (1 - self.finished)
        )
        strength: Floats = (total / FULL).astype(np.float32)
        return strength


def measure(query: Query, candidates: Candidates, generation: Generation) -> Signals:
    """Return the signals of every sentence of the candidates."""
    owners = candidates.owners
    articles = generation.store.passage_article[candidates.rows]
    read = read_sentences(query, candidates.sentences, generation)
    titles = [generation.store.article_at(row).title or "" for row in articles.tolist()]
    title = presence(query, [query.read(text) for text in titles])[:, owners]
    title_cosine = generation.titles.cosines(query.vector, articles)
    near = np.maximum(np.maximum(BESIDE * read.before, AFTER * read.after), BESIDE * title)
    in_passage = np.zeros((len(candidates.rows), len(query.terms)), dtype=np.float32)
    np.maximum.at(in_passage, owners, read.here.T)
    in_articles = generation.article_lexical.scores(*query.searched)
    article_words = as_share(in_articles, query, generation.article_lexical)
    return Signals(
        passage_cosine=candidates.cosine[owners],
        sentence_cosine=candidates.sentence_cosine,
        neighbour_cosine=read.neighbour_cosine,
        # An article without a title is judged by its passage instead.
        title_cosine=np.where(np.array(titles) != "", title_cosine, candidates.cosine)[owners],
        passage_words=candidates.words[owners],
        article_words=article_words[articles][owners],
        coverage=_share(query, np.maximum(read.here, near)),
        passage_coverage=_share(query, np.maximum(in_passage[owners].T, title)),
        title_coverage=_share(query, title),
        phrases=_phrases(query, read.terms),
        fitting=_fitting(query, read.texts),
        finished=np.array([is_finished(text) for text in read.texts], dtype=np.float32),
    )


def _share(query: Query, presence: Floats) -> Floats:
    """Return how much of the question's weight is present, ``(m,)``, from ``(terms, m)``."""
    total = float(query.weights.sum())
    share: Floats = query.weights @ presence / np.float32(total or 1.0)
    return share


def _phrases(query: Query, sentences: Sequence[Sequence[str]]) -> Floats:
    """Return the share of the question's neighbouring words that stand together, ``(m,)``.

    A pair counts by the rarity of both words and inversely to their distance, in the question's
    order 1 when next to each other, one more in the other order, and nothing beyond PHRASE.
    """
    pairs = [
        (one, other, float(own + its))
        for (one, own), (other, its) in pairwise(zip(query.terms, query.weights, strict=True))
    ]
    total = sum(weight for _, _, weight in pairs) or 1.0
    shares = [
        sum(weight * _nearness(found, one, other) for one, other, weight in pairs) / total
        for found in map(_places, sentences)
    ]
    return np.array(shares, dtype=np.float32)


def _places(sentence: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, term in enumerate(sentence):
        places.setdefault(term, []).append(place)
    return places


def _nearness(places: Mapping[str, Sequence[int]], one: str, other: str) -> float:
    if one not in places or other not in places:
        return 0.0
    distance = min(
        theirs - own if theirs > own else own - theirs + 1
        for own in places[one]
        for theirs in places[other]
    )
    return 1 / distance if distance <= PHRASE else 0.0


def _fitting(query: Query, texts: Sequence[str]) -> Floats:
    kind = wanted_by(query.question)
    asked = frozenset(words(query.text))
    return np.array([holds_wanted(text, kind, asked) for text in texts], dtype=np.float32)
