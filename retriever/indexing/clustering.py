"""Finding reprints and revisions: which of an index's articles are one text.

Each text gets a signature, texts with like signatures are compared, and what is one text becomes a
cluster (:mod:`retriever.index.clusters`). Signatures and comparisons stand in the index by the text
that they are of, so that a rebuild reads only what is new; an article costs 270 bytes on disk and
some 120 in memory while clusters are made. All that is decided follows from the articles alone, in
whichever order or parts they were built.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from retriever.errors import IndexDamagedError
from retriever.index.clusters import CLUSTERS, COMPARED, SIGNATURES, Clusters
from retriever.index.manifest import Manifest
from retriever.index.memory_maps import mapped
from retriever.index.store import Store
from retriever.indexing.editions import ComparedTexts, Identities, clusters_of
from retriever.indexing.passage_keys import KEY_BYTES
from retriever.indexing.progress import Stage
from retriever.indexing.signatures import WIDTH, candidate_pairs, signature, version
from retriever.records.arrays import AnyArray, BoolVector, IntTable, RowNumbers, Signatures
from retriever.text.reprinting import FEWEST, RELATED, relation, relation_of_equals
from retriever.text.shingles import LENGTH, Shingled, shingled

# Told the stage, and how many of how many texts are read or pairs compared.
Step = Callable[[Stage, int, int], None]
# Raised whenever the same articles would be put together otherwise.
RULES = 1
# Texts between two steps of the progress bar.
TOLD_EVERY = 50
# Texts that are kept as shingles while pairs are compared, some 30 kB each.
_KEPT = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTexts:
    """What another generation knows of its texts: their keys, signatures and comparisons by row."""

    keys: AnyArray
    signatures: Signatures
    compared: IntTable

    @classmethod
    def of(cls, folder: Path, store: Store, made: Manifest) -> "KnownTexts | None":
        """Return what the generation in ``folder`` knows, if by the rules of now."""
        if made.clustering != clustering():
            return None
        count = store.count_articles()
        return cls(
            keys=text_keys(store),
            signatures=mapped(folder / SIGNATURES, kind=np.uint16, shape=(count, WIDTH)),
            compared=mapped(folder / COMPARED, kind=np.int32, shape=(None, 3)),
        )


def clustering() -> str:
    """Return what identifies the clusters of an index: the rules, and what is kept for them."""
    return f"{RULES}/{LENGTH}/{version()}"


def text_keys(store: Store) -> AnyArray:
    """Return 16 bytes of the hash of each article's text, by row.

    :raises IndexDamagedError: when one has none.
    """
    try:
        parts = [bytes.fromhex(sha256)[:KEY_BYTES] for _, _, sha256 in store.given()]
    except (TypeError, ValueError) as error:
        raise IndexDamagedError(f"an article has no hash of its text ({error})") from error
    return np.frombuffer(b"".join(parts), dtype=f"S{KEY_BYTES}")


def write_clusters(
    store: Store,
    folder: Path,
    *,
    known: Sequence[KnownTexts] = (),
    step: Step,
) -> None:
    """Write the clusters of a store's articles into ``folder``, and what makes them.

    What is ``known`` of a text is not worked out again.
    """
    keys = text_keys(store)
    _, first, same = np.unique(keys, return_index=True, return_inverse=True)
    texts = _Texts(store=store, keys=keys, rows=np.sort(first), first=first[same])
    signatures = _write_signatures(texts, folder, known, step)
    identities = Identities.of(store)
    pairs = candidate_pairs(signatures, texts.rows, least=RELATED)
    pairs = _united(pairs, texts.first[identities.pairs()], count=len(keys))
    verdicts = _compare(texts, pairs, known, step)
    np.save(folder / COMPARED, np.column_stack([pairs, verdicts]).astype(np.int32))
    # The last number of a signature counts shingles.
    again = np.array([relation_of_equals(count) for count in range(FEWEST + 1)], dtype=np.int64)
    compared = ComparedTexts(
        first=texts.first,
        again=again[np.minimum(signatures[:, -1], FEWEST)],
        pairs=pairs,
        found=verdicts,
    )
    np.save(folder / CLUSTERS, clusters_of(identities, compared))
    Clusters.load(folder, articles=len(keys))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Texts:
    """The texts of a store: ``rows`` are those that come first with theirs, ``first`` by row."""

    store: Store
    keys: AnyArray
    rows: RowNumbers
    first: RowNumbers

    def of(self, known: KnownTexts) -> RowNumbers:
        """Return the row that a known text has here first, by its row there; -1 for none."""
        keys = self.keys[self.rows]
        order = np.argsort(keys)
        places = np.searchsorted(keys[order], known.keys).clip(max=len(keys) - 1)
        found: RowNumbers = self.rows[order[places]]
        return np.where(self.keys[found] == known.keys, found, -1)

    def shingled(self, row: int) -> Shingled:
        """Read a text."""
        return shingled(self.store.text_at(row))


def _write_signatures(
    texts: _Texts,
    folder: Path,
    known: Sequence[KnownTexts],
    step: Step,
) -> Signatures:
    """Write and return the signature of every article: that of the first with its text."""
    signatures: Signatures = np.lib.format.open_memmap(
        folder / SIGNATURES, mode="w+", dtype=np.uint16, shape=(len(texts.keys), WIDTH)
    )
    missing = np.zeros(len(texts.keys), dtype=bool)
    missing[texts.rows] = True
    for before in known:
        rows = texts.of(before)
        signatures[rows[rows >= 0]] = before.signatures[rows >= 0]
        missing[rows[rows >= 0]] = False
    unknown = np.flatnonzero(missing).tolist()
    for done, row in enumerate(unknown):
        if done % TOLD_EVERY == 0:
            step(Stage.FINDING_REPRINTS, done, len(unknown))
        signatures[row] = signature(texts.shingled(row))
    step(Stage.FINDING_REPRINTS, len(unknown), len(unknown))
    again = np.flatnonzero(texts.first != np.arange(len(texts.keys)))
    signatures[again] = signatures[texts.first[again]]
    signatures.flush()  # type: ignore[attr-defined]  # it is a memmap
    return signatures


def _united(one: IntTable, other: IntTable, *, count: int) -> IntTable:
    """Return the pairs of both, each once and in order; a text is no pair with itself."""
    pairs = np.sort(np.concatenate([one, other.reshape(-1, 2)]), axis=1)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return np.stack(np.divmod(np.unique(pairs @ [count, 1]), max(count, 1)), axis=1)


def _compare(
    texts: _Texts,
    pairs: IntTable,
    known: Sequence[KnownTexts],
    step: Step,
) -> RowNumbers:
    """Return what the two texts of each pair are to each other, ``(len(pairs),)``."""
    verdicts = np.full(len(pairs), -1, dtype=np.int64)
    for before in known:
        _take_over(verdicts, pairs, before.compared, texts.of(before))
    unknown = np.flatnonzero(verdicts < 0).tolist()
    read = lru_cache(maxsize=_KEPT)(texts.shingled)
    for done, place in enumerate(unknown):
        if done % TOLD_EVERY == 0:
            step(Stage.COMPARING_TEXTS, done, len(unknown))
        one, other = pairs[place].tolist()
        verdicts[place] = relation(read(one), read(other))
    if unknown:
        step(Stage.COMPARING_TEXTS, len(unknown), len(unknown))
    return verdicts


def _take_over(verdicts: RowNumbers, pairs: IntTable, compared: IntTable, rows: RowNumbers) -> None:
    """Put what was found of pairs before, which now have other rows."""
    count = int(pairs.max(initial=0)) + 1
    now = np.sort(rows[compared[:, :2]], axis=1)
    held: BoolVector = (now[:, 0] >= 0) & (now[:, 1] < count)
    codes, found = pairs @ [count, 1], now[held] @ [count, 1]
    if not len(codes) or not len(found):
        return
    places = np.searchsorted(codes, found).clip(max=len(codes) - 1)
    same = codes[places] == found
    verdicts[places[same]] = compared[held, 2][same]
