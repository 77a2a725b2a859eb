"""The two channels, dense and lexical, and their fusion into one list of candidates."""

from dataclasses import dataclass

import numpy as np

from retriever.index.generation import Generation
from retriever.index.lexical import LexicalIndex
from retriever.query.formulation import Query
from retriever.records.arrays import FloatVector, RowNumbers

_NONE: RowNumbers = np.zeros(0, dtype=np.int64)
DEPTH = 100  # of each channel; deeper changed no figure on nine sets


# What the words count for beside the meaning. Set on squad2 and realtimeqa, checked on five other
# sets: at least as good as the better channel on each (tests/benchmarks/README.md).
LEXICAL_WEIGHT = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """Passages that at least one channel found, best fused score first, ties by row.

    Those that were known to be wanted stand before them, in the same order.
    ``rows``, ``cosine``, ``bm25`` and ``fused`` are ``(n,)``, scores as in Scores; ``words`` is
    BM25 as a share of its bound. ``sentences`` are the rows of all their sentences, ``(m,)``, with
    ``owners``, the place of each one's passage in ``rows``, and ``sentence_cosine``.
    """

    rows: RowNumbers
    cosine: FloatVector
    bm25: FloatVector
    words: FloatVector
    fused: FloatVector
    sentences: RowNumbers
    owners: RowNumbers
    sentence_cosine: FloatVector

    def first(self, count: int) -> "Candidates":
        """Return the best ``count`` candidates with their sentences."""
        kept = self.owners < count
        return Candidates(
            rows=self.rows[:count],
            cosine=self.cosine[:count],
            bm25=self.bm25[:count],
            words=self.words[:count],
            fused=self.fused[:count],
            sentences=self.sentences[kept],
            owners=self.owners[kept],
            sentence_cosine=self.sentence_cosine[kept],
        )


def find_candidates(
    query: Query, generation: Generation, allowed: RowNumbers | None, *, wanted: RowNumbers = _NONE
) -> Candidates:
    """Return the best of both channels among the ``allowed`` passages (all when ``None``).

    The rows in ``wanted`` are among them, and first.
    """
    bm25 = generation.lexical.scores(*query.searched)
    dense_rows, _ = generation.vectors.search(query.vector, k=DEPTH, rows=allowed)
    found = np.union1d(dense_rows, _best_lexical(bm25, allowed))
    rows = np.union1d(found, wanted)
    cosine = generation.vectors.cosines(query.vector, rows)
    words = as_share(bm25[rows], query, generation.lexical)
    sentences, owners = generation.sentences.rows_of(rows)
    sentence_cosine = generation.sentences.cosines(query.vector, sentences)
    fused = fuse(
        (cosine + _best_by_owner(sentence_cosine, owners, len(rows))) / np.float32(2), words
    )
    order = np.lexsort((rows, -fused, ~np.isin(rows, wanted)))
    place = np.argsort(order)[owners]
    by_place = np.argsort(place, kind="stable")
    return Candidates(
        rows=rows[order],
        cosine=cosine[order],
        bm25=bm25[rows][order],
        words=words[order],
        fused=fused[order],
        sentences=sentences[by_place],
        owners=place[by_place],
        sentence_cosine=sentence_cosine[by_place],
    )


def as_share(bm25: FloatVector, query: Query, lexical: LexicalIndex) -> FloatVector:
    """Return BM25 scores as shares of their bound, to which each term counts in one spelling."""
    return bm25 / np.float32(lexical.bound(query.terms, query.emphasis.tolist()) or 1.0)


def fuse(dense: FloatVector, words: FloatVector) -> FloatVector:
    """Return the weighted mean of both channels; ``words`` is BM25 as a share of its bound.

    Scores are combined, not ranks, which would forget how far apart they are (Bruch, Gai and
    Ingber 2023, arXiv:2210.11934); and scaled by what is possible, not by the best that was
    found, so that a question whose words occur nowhere is not lifted to the top of the scale.
    """
    fused: FloatVector = dense + np.float32(LEXICAL_WEIGHT) * words
    fused /= np.float32(1 + LEXICAL_WEIGHT)
    return fused


def _best_by_owner(scores: FloatVector, owners: RowNumbers, count: int) -> FloatVector:
    """Return the best score of each owner, ``(count,)``; -1 for one without any."""
    best: FloatVector = np.full(count, -1, dtype=np.float32)
    np.maximum.at(best, owners, scores)
    return best


def _best_lexical(scores: FloatVector, allowed: RowNumbers | None) -> RowNumbers:
    """Return the rows of the best scores above 0, ties by row.

    A common word stands in most passages: only those at the border or above it are sorted.
    """
    among = scores if allowed is None else scores[allowed]
    above = among[among > 0]
    least = np.partition(above, -DEPTH)[-DEPTH] if len(above) > DEPTH else np.float32(0)
    places = np.flatnonzero(among >= least if least > 0 else among > 0)
    rows = places if allowed is None else allowed[places]
    best: RowNumbers = rows[np.lexsort((rows, -scores[rows]))][:DEPTH]
    return best
