"""Reading candidate sentences together with the ones before and after them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.index.generation import Generation
from retriever.query.formulation import Query

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """``m`` sentences as they were read.

    ``texts`` and ``terms`` are theirs; ``here``, ``before`` and ``after`` are ``(terms, m)``, 1
    where the sentence or its neighbour in the article holds a term of the question;
    ``neighbour_cosine`` is ``(m,)``, that of the nearer neighbour, its own without one.
    """

    texts: Sequence[str]
    terms: Sequence[Sequence[str]]
    here: Floats
    before: Floats
    after: Floats
    neighbour_cosine: Floats


def read_sentences(query: Query, rows: Rows, generation: Generation) -> Reading:
    """Read the sentences of ``rows`` and what surrounds them; each sentence is read once."""
    last = len(generation.sentences) - 1
    needed = np.unique(np.concatenate([rows, np.maximum(rows - 1, 0), np.minimum(rows + 1, last)]))
    texts = [sentence_text(row, generation) for row in needed.tolist()]
    found = [query.read(text) for text in texts]
    held = presence(query, found)
    cosine = generation.sentences.cosines(query.vector, needed)
    own = np.searchsorted(needed, rows)
    before, has_before = _neighbour(needed, rows, -1, generation)
    after, has_after = _neighbour(needed, rows, 1, generation)
    return Reading(
        texts=[texts[n] for n in own],
        terms=[found[n] for n in own],
        here=held[:, own],
        before=held[:, before] * has_before,
        after=held[:, after] * has_after,
        neighbour_cosine=np.maximum(
            np.where(has_before, cosine[before], np.where(has_after, np.float32(-1), cosine[own])),
            np.where(has_after, cosine[after], np.float32(-1)),
        ),
    )


def presence(query: Query, sentences: Sequence[Sequence[str]]) -> Floats:
    """Return 1 where a sentence holds a term of the question, ``(terms, len(sentences))``."""
    place = {term: n for n, term in enumerate(query.terms)}
    held = np.zeros((len(place), len(sentences)), dtype=np.float32)
    for column, sentence in enumerate(sentences):
        for term in place.keys() & set(sentence):
            held[place[term], column] = 1
    return held


def sentence_text(row: int, generation: Generation) -> str:
    """Return the words of a sentence."""
    passage = generation.sentences.passage(row)
    article = generation.store.article_at(int(generation.store.passage_article[passage]))
    return generation.sentences.span(row).of(article.text)


def _neighbour(
    needed: Rows, rows: Rows, step: int, generation: Generation
) -> tuple[Rows, NDArray[np.bool_]]:
    """Return where in ``needed`` each row's neighbour is, and whether it is in the same article."""
    beside = np.clip(rows + step, 0, len(generation.sentences) - 1)
    article = generation.store.passage_article
    own = article[generation.sentences.passages(rows)]
    same = (article[generation.sentences.passages(beside)] == own) & (beside != rows)
    return np.searchsorted(needed, beside), same
