"""The two channels, dense and lexical, and their fusion into one list of candidates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retriever.index.generation import Generation
from retriever.search.query import Query

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]

DEPTH = 100  # of each channel; deeper changed no figure on nine sets


# What the words count for beside the meaning. Set on squad2 and clapnq, checked on seven other
# sets: at least as good as the better channel on each (tests/benchmarks/README.md).
LEXICAL_WEIGHT = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages that at least one channel found, best fused score first, ties by row.

    ``rows``, ``cosine``, ``bm25`` and ``fused`` are ``(n,)``, scores as in Scores. ``sentences``
    are the rows of all their sentences, ``(m,)``, with ``owners``, the place of each one's passage
    in ``rows``, and ``sentence_cosine``, its cosine with the question.
    """

    rows: Rows
    cosine: Floats
    bm25: Floats
    fused: Floats
    sentences: Rows
    owners: Rows
    sentence_cosine: Floats


def find_candidates(query: Query, generation: Generation, allowed: Rows | None) -> Candidates:
    """Return the best of both channels among the ``allowed`` passages (all when ``None``)."""
    bm25 = generation.lexical.scores(query.terms, query.emphasis.tolist())
    dense_rows, _ = generation.vectors.search(query.vector, k=DEPTH, rows=allowed)
    rows = np.union1d(dense_rows, _best_lexical(bm25, allowed))
    cosine = generation.vectors.cosines(query.vector, rows)
    sentences, owners = generation.sentences.rows_of(rows)
    sentence_cosine = generation.sentences.cosines(query.vector, sentences)
    best_sentence = np.full(len(rows), -1, dtype=np.float32)
    np.maximum.at(best_sentence, owners, sentence_cosine)
    dense = (cosine + best_sentence) / np.float32(2)
    fused = fuse(dense, bm25[rows], most=query.most_bm25)
    order = np.lexsort((rows, -fused))
    place = np.argsort(order)[owners]
    kept = np.argsort(place, kind="stable")
    return Candidates(
        rows=rows[order],
        cosine=cosine[order],
        bm25=bm25[rows][order],
        fused=fused[order],
        sentences=sentences[kept],
        owners=place[kept],
        sentence_cosine=sentence_cosine[kept],
    )


def fuse(dense: Floats, bm25: Floats, *, most: float) -> Floats:
    """Return the weighted sum of both channels, BM25 as a share of the ``most`` it could be.

    Scores are combined, not ranks, which would forget how far apart they are (Bruch, Gai and
    Ingber 2023, arXiv:2210.11934); and scaled by what is possible, not by the best that was
    found, so that a question whose words occur nowhere is not lifted to the top of the scale.
    """
    share = bm25 / most if most > 0 else np.zeros_like(bm25)
    fused: Floats = dense + LEXICAL_WEIGHT * share
    return fused


def _best_lexical(scores: Floats, allowed: Rows | None) -> Rows:
    """Return the rows of the best scores above 0, ties by row."""
    rows = np.flatnonzero(scores > 0) if allowed is None else allowed[scores[allowed] > 0]
    best: Rows = rows[np.lexsort((rows, -scores[rows]))][:DEPTH]
    return best
