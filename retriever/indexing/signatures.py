"""MinHash signatures of texts, and which pairs of texts are worth a comparison by them.

Two signatures agree in as many places as the texts share shingles (Broder 1997); those that agree
in two places one behind the other, in any of 64 bands, are looked at (Leskovec et al., Mining of
Massive Datasets, chapter 3): of pairs that share a fifth of their shingles, as a reprint cut to a
fifth does, 93 in 100, and of those that share a third, all but 1 in 1,000.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from retriever.records.arrays import AnyArray, BoolVector, IntTable, RowNumbers, Signatures
from retriever.text.shingles import Shingled

if TYPE_CHECKING:
    from datasketch import MinHash

PLACES = 128
IN_A_BAND = 2
# Of each hash so many bits are kept: two that are not equal share them once in 65,536.
_KEPT = np.uint32(0xFFFF)
# Behind the places stands how many shingles there are, as far as two bytes count.
WIDTH = PLACES + 1
# Of texts that share a band, as reports in one frame do by the hundred, each is compared with so
# many that follow it, and with the first.
NEIGHBOURS = 24
# How far the share of shingles may lie above what the signatures tell: three standard errors.
ERROR = 0.13
_AT_ONCE = 1 << 18
SCHEME = "affine32"


def version() -> str:
    """Return what identifies the signatures: two of one version can be compared."""
    return f"{SCHEME}/{PLACES}"


def signature(text: Shingled) -> Signatures:
    """Return the signature of a text, ``(129,)``."""
    hashes = _permutations()
    hashes.clear()
    hashes.update_batch((text.distinct & np.uint64(0xFFFFFFFF)).tolist())
    count = min(len(text.distinct), int(_KEPT))
    kept: Signatures = np.append(hashes.digest() & _KEPT, count).astype(np.uint16)
    return kept


@cache
def _permutations() -> "MinHash":
    """Return the hashes, whose making takes longer than their use; only a build's thread has it."""
    from datasketch import MinHash  # noqa: PLC0415  # it takes 0.6 s, and no question needs it

    return MinHash(num_perm=PLACES, seed=1, scheme=SCHEME, hashfunc=int)


def candidate_pairs(signatures: Signatures, rows: RowNumbers, *, least: float) -> IntTable:
    """Return which pairs of ``rows`` may share ``least`` of the shorter one's shingles, ``(m, 2)``.

    The lower row stands first; pairs are in their order, each once.
    """
    count = len(signatures)
    found = np.zeros(0, dtype=np.int64)
    for band in range(0, PLACES, IN_A_BAND):
        keys = signatures[rows, band].astype(np.uint32) << np.uint32(16)
        keys |= signatures[rows, band + 1]
        own = [rows[one] * count + rows[other] for one, other in _in_one_bucket(keys)]
        fresh = np.setdiff1d(np.unique(np.concatenate(own)), found) if own else found[:0]
        found = np.union1d(found, fresh[_may_share(signatures, fresh, least)])
    return np.stack(np.divmod(found, max(count, 1)), axis=1)


def _in_one_bucket(keys: AnyArray) -> Iterator[tuple[RowNumbers, RowNumbers]]:
    """Yield places of equal keys in pairs, the lower first: near ones, and all with the first."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    begins = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    first = np.repeat(begins, np.diff(np.append(begins, len(ordered))))
    far = np.flatnonzero(np.arange(len(ordered)) - first > NEIGHBOURS)
    yield order[first[far]], order[far]
    for step in range(1, NEIGHBOURS + 1):
        same = np.flatnonzero(ordered[step:] == ordered[:-step])
        if not len(same):
            return
        yield order[same], order[same + step]


def _may_share(signatures: Signatures, pairs: RowNumbers, least: float) -> BoolVector:
    """Tell of each pair, one number, whether it may share that part of the shorter one."""
    may = np.zeros(len(pairs), dtype=bool)
    for begin in range(0, len(pairs), _AT_ONCE):
        rows = np.divmod(pairs[begin : begin + _AT_ONCE], len(signatures))
        one, other = (signatures[own] for own in rows)
        alike = (one[:, :PLACES] == other[:, :PLACES]).mean(axis=1) + ERROR
        lengths = np.stack([one[:, PLACES], other[:, PLACES]]).astype(np.float64)
        shared = alike / (1 + alike) * lengths.sum(axis=0)
        may[begin : begin + _AT_ONCE] = shared >= least * lengths.min(axis=0)
    return may
