"""How each feature of a sentence is measured; the table of :mod:`features` says what it weighs."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

import numpy as np

from retriever.query.analysis import AnswerType
from retriever.query.formulation import REMEMBERED_SENTENCES, Query
from retriever.query.sought import Sought
from retriever.ranking.context import SentencesInContext
from retriever.records.arrays import FloatMatrix, FloatVector
from retriever.records.dates import PartialDate
from retriever.text.expressions import holds_new
from retriever.text.furniture import is_furniture
from retriever.text.lexicon import SPEECH_VERB
from retriever.text.sentences import is_finished
from retriever.text.terms import WORD, fold_word, words

BESIDE = 0.6  # what a word counts in the sentence before, or in the title
AFTER = 0.48  # and in the sentence after
PHRASE = 3  # two neighbouring words of the question count as a phrase up to this distance
DAYS = 30.0  # in which recency fades to a third
_SAID = re.compile(rf"\b{SPEECH_VERB}\b|\baccording to\b|[“”\"]", re.IGNORECASE)


def coverage(found: SentencesInContext) -> FloatVector:
    """Return how much of the question stands in it, beside it or in the title, ``(m,)``."""
    near = np.maximum(BESIDE * found.before, AFTER * found.after)
    near = np.maximum(near, BESIDE * found.in_title)
    return _share(found.query, np.maximum(found.here, near))


def passage_coverage(found: SentencesInContext) -> FloatVector:
    """Return how much of the question stands in the passage and the title, ``(m,)``."""
    return _share(found.query, np.maximum(found.in_passage, found.in_title))


def title_coverage(found: SentencesInContext) -> FloatVector:
    """Return how much of the question stands in the title, ``(m,)``."""
    return _share(found.query, found.in_title)


def _share(query: Query, presence: FloatMatrix) -> FloatVector:
    """Return how much of the question's weight is present, ``(m,)``, from ``(terms, m)``."""
    total = float(query.weights.sum())
    share: FloatVector = query.weights @ presence / np.float32(total or 1.0)
    return share


def word_pairs(found: SentencesInContext) -> FloatVector:
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
    shares = np.zeros(len(found.terms), dtype=np.float32)
    # Two neighbours of the question stand in one sentence of fifteen; the others are not gone over.
    for place in np.flatnonzero((found.here[:-1] * found.here[1:]).any(axis=0)).tolist():
        places = _places_by_term(found.terms[place])
        near = sum(weight * _pair_nearness(places, one, other) for one, other, weight in pairs)
        shares[place] = near / total
    return shares


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


def answer_type(found: SentencesInContext) -> FloatVector:
    """Return how far each sentence holds the kind of thing that is asked for, ``(m,)``."""
    asked = frozenset(words(found.query.text))
    analysis = found.query.analysis
    kind, sought = analysis.answer_type, analysis.sought
    return np.array(
        [holds_answer_type(text, kind, asked, sought) for text in found.texts], dtype=np.float32
    )


def unfinished(found: SentencesInContext) -> FloatVector:
    """Return 1 for what ends as captions, teasers and list entries do, ``(m,)``."""
    return np.array([not is_finished(text) for text in found.texts], dtype=np.float32)


def furniture(found: SentencesInContext) -> FloatVector:
    """Return 1 for links, credits, captions and forms of the page, ``(m,)``."""
    return np.array([_is_furniture(text) for text in found.texts], dtype=np.float32)


def recency(found: SentencesInContext) -> FloatVector:
    """Return in [0, 1] how near each article was published to the time asked about, ``(m,)``."""
    return nearness_in_time(found.published, found.query.analysis.window)


def holds_answer_type(
    sentence: str, kind: AnswerType, asked: frozenset[str], sought: Sought
) -> float:
    """Return in [0, 1] how far ``sentence`` holds a thing of the ``kind`` that is not ``asked``.

    ``asked`` are the folded words of the question: what it names itself cannot be its answer. For
    ``sought`` forms, 0 says that it holds none of them. One of no known kind wants nothing in
    particular, and every sentence fits it halfway.
    """
    if sought.forms:
        return _holds_form(sentence, sought, asked)
    if kind is AnswerType.STATEMENT:
        return float(bool(_SAID.search(sentence)))
    if any(holds_new(sentence, form, asked) for form in sought.likely):
        return 1.0
    if kind is AnswerType.ANYTHING:
        return 0.5
    return min(len(_capitalised(sentence) - asked), 2) / 2


# A build asks hundreds of questions of the same sentences, and those of a server come again as
# well: what does not depend on the question is worked out once.
@lru_cache(maxsize=REMEMBERED_SENTENCES)
def _capitalised(sentence: str) -> frozenset[str]:
    """Return the folded words with a capital that are not the first."""
    return frozenset(fold_word(word) for word in WORD.findall(sentence)[1:] if word[0].isupper())


_is_furniture = lru_cache(maxsize=REMEMBERED_SENTENCES)(is_furniture)


def _holds_form(sentence: str, sought: Sought, asked: frozenset[str]) -> float:
    if any(holds_new(sentence, form, asked) for form in sought.forms):
        return 1.0
    return 0.5 if any(holds_new(sentence, form, asked) for form in sought.weaker) else 0.0


def nearness_in_time(
    published: Sequence[str | None], window: tuple[date, date] | None
) -> FloatVector:
    """Return in [0, 1] how near each date of publication is to ``window``, ``(n,) float32``.

    1 inside it, less with every day before or after; 0 for what is undated, and for all where
    there is no window.
    """
    if window is None:
        return np.zeros(len(published), dtype=np.float32)
    # Hundreds of sentences come from a few articles: each date is parsed once.
    days = {value: _days_apart(value, window) for value in set(published)}
    apart = np.array([days[value] for value in published], dtype=np.float32)
    near: FloatVector = np.exp(-apart / np.float32(DAYS))
    return near


def _days_apart(published: str | None, window: tuple[date, date]) -> float:
    """Return the days between; for a month or a year those to its middle."""
    if published is None:
        return float("inf")
    known = PartialDate.parse(published)
    middle = date(known.year, known.month or 7, known.day or (15 if known.month else 1))
    first, last = window
    return max((first - middle).days, (middle - last).days, 0)
