"""Writing a lexical index in bounded memory, taking over what was counted before.

What is new is counted until there is much of it, sorted and put aside: a run. In the end the runs
are merged, term by term, with the index of the generation before, of which only the rows change and
those that are gone are left out; and each posting is given its score, which depends on all texts.
"""

import heapq
import shutil
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from retriever.index.lexical import (
    SCORES,
    TEXT_LENGTHS,
    LexicalIndex,
    inverse_frequency,
    length_norms,
)
from retriever.index.postings import Postings, load_postings
from retriever.indexing.array_writer import VectorWriter
from retriever.indexing.postings_writer import PostingsBlock, PostingsWriter
from retriever.records.arrays import DoubleVector, FloatVector, IntVector, RowNumbers

# Postings of a run, and of what is merged at once: 100 MB at the most while they are sorted.
RUN = 1_000_000
# Runs that become one, so that few files are open whatever the corpus: five each.
MERGED_AT_ONCE = 16
_ROW_BITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedBefore:
    """An index of before, and for each of its rows which one it is now, -1 for none.

    Of one that is not scored the postings are enough.
    """

    index: LexicalIndex | Postings
    rows: RowNumbers

    @property
    def postings(self) -> Postings:
        """The postings of the index."""
        return self.index if isinstance(self.index, Postings) else self.index.postings


class LexicalWriter:
    """Writes a lexical index; use as a context manager, which removes what was put aside.

    What it writes is the same, to the bit, whatever of it was counted before. Every method raises
    :class:`OSError` when the disk does not take what is written.
    """

    def __init__(self, folder: Path, *, before: CountedBefore | None = None) -> None:
        """Begin; ``folder`` will be made."""
        self._folder, self._before = folder, before
        self._aside = Path(mkdtemp(dir=folder.parent, prefix="counting-"))
        self._run = _CountedTerms()
        self._runs: list[list[Path]] = []
        self._written = 0
        self._rows, self._lengths = array("q"), array("i")

    def __enter__(self) -> "LexicalWriter":
        """Return itself."""
        return self

    def __exit__(self, *failed: object) -> None:
        """Remove what was put aside."""
        shutil.rmtree(self._aside, ignore_errors=True)

    def add(self, row: int, terms: Sequence[str]) -> None:
        """Count the terms of a row that was not counted before."""
        self._rows.append(row)
        self._lengths.append(len(terms))
        self._run.add(row, terms)
        if len(self._run.rows) >= RUN:
            self._put_aside()

    def finish(self, count: int, *, tick: Callable[[], None] = lambda: None) -> None:
        """Write the index, which has ``count`` rows: each was added or is one of before.

        ``tick`` is called every million postings, and what it raises ends the writing.
        """
        lengths = self._all_lengths(count)
        norms = length_norms(lengths)
        with PostingsWriter(self._folder) as postings:
            scores = VectorWriter(self._folder / SCORES, kind=np.float32)
            try:
                for block in self._blocks():
                    tick()
                    postings.append(block)
                    scores.append(_scores(block, norms))
                scores.finish()
            finally:
                scores.close()
        np.save(self._folder / TEXT_LENGTHS, lengths)

    def finish_unscored(self, *, tick: Callable[[], None] = lambda: None) -> None:
        """Write the postings alone, for what only counts; ``tick`` as in :meth:`finish`."""
        with PostingsWriter(self._folder) as postings:
            for block in self._blocks():
                tick()
                postings.append(block)

    def _blocks(self) -> Iterator[PostingsBlock]:
        """Yield all postings in order: those of the runs, and those that are kept."""
        self._put_aside()
        sources = [_opened(run) for level in self._runs for run in level]
        if self._before:
            kept = self._before
            sources.append(_MergedPostings(postings=kept.postings, rows=kept.rows))
        yield from _merged(sources)

    def _put_aside(self) -> None:
        if self._run.rows:
            self._add_run([self._run.in_order()], level=0)
            self._run = _CountedTerms()

    def _add_run(self, blocks: Iterable[PostingsBlock], *, level: int) -> None:
        """Write a run; one of the next level is made of so many of one level."""
        self._written += 1
        path = self._aside / str(self._written)
        with PostingsWriter(path) as file:
            for block in blocks:
                file.append(block)
        if level == len(self._runs):
            self._runs.append([])
        self._runs[level].append(path)
        if len(self._runs[level]) >= MERGED_AT_ONCE:
            whole, self._runs[level] = self._runs[level], []
            self._add_run(_merged([_opened(run) for run in whole]), level=level + 1)
            for run in whole:
                shutil.rmtree(run, ignore_errors=True)

    def _all_lengths(self, count: int) -> IntVector:
        """Return the length of each text in terms; one without any counts as one term."""
        lengths = np.ones(count, dtype=np.int32)
        if self._before and isinstance(self._before.index, LexicalIndex):
            kept = self._before.rows >= 0
            lengths[self._before.rows[kept]] = self._before.index.lengths[kept]
        lengths[np.array(self._rows)] = np.maximum(np.array(self._lengths), 1)
        return lengths


class _CountedTerms:
    """What was counted since the last was put aside: a posting a place of the three arrays."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms, self._counts = array("i"), array("i")
        self.rows = array("i")

    def add(self, row: int, terms: Sequence[str]) -> None:
        counted = Counter(terms)
        numbers = self._numbers
        self._terms.extend([numbers.setdefault(term, len(numbers)) for term in counted])
        self.rows.extend([row] * len(counted))
        self._counts.extend(counted.values())

    def in_order(self) -> PostingsBlock:
        """Return everything in the order of a vocabulary."""
        terms = sorted(self._numbers, key=_place)
        places = np.empty(len(terms), dtype=np.int64)
        places[[self._numbers[term] for term in terms]] = np.arange(len(terms))
        own = places[np.array(self._terms)]
        return _block(terms, own, np.array(self.rows), np.array(self._counts))


@dataclass(frozen=True, slots=True, kw_only=True)
class _MergedPostings:
    """Postings to merge; ``rows`` says which row each of theirs is now, where that is not it."""

    postings: Postings
    rows: RowNumbers | None = None

    def between(self, first: int, end: int) -> "_PartOfPostings":
        """Return the postings of the terms with these numbers, without rows that are gone."""
        starts = self.postings.starts[first : end + 1]
        part = slice(int(starts[0]), int(starts[-1]))
        terms = np.repeat(np.arange(end - first), np.diff(starts))
        rows, counts = self.postings.rows[part].astype(np.int64), self.postings.counts[part]
        if self.rows is None:
            return _PartOfPostings(terms=terms, rows=rows, counts=counts)
        rows = self.rows[rows]
        kept = rows >= 0
        return _PartOfPostings(terms=terms[kept], rows=rows[kept], counts=counts[kept])


@dataclass(frozen=True, slots=True, kw_only=True)
class _PartOfPostings:
    terms: RowNumbers
    rows: RowNumbers
    counts: IntVector


def _opened(run: Path) -> _MergedPostings:
    return _MergedPostings(postings=load_postings(run))


def _place(term: str) -> tuple[int, str]:
    """Return what the terms of a vocabulary are sorted by."""
    return len(term), term


def _merged(sources: Sequence[_MergedPostings]) -> Iterator[PostingsBlock]:
    """Yield the postings of all sources together, those of some terms at a time."""
    waiting = _WaitingTerms(sources)
    walked = [_numbered(number, source.postings) for number, source in enumerate(sources)]
    for term, found in groupby(heapq.merge(*walked), key=itemgetter(1)):
        waiting.add(term, [number for _, _, number in found])
        if waiting.postings >= RUN:
            yield waiting.block()
    if waiting.terms:
        yield waiting.block()


def _numbered(number: int, postings: Postings) -> Iterator[tuple[int, str, int]]:
    return ((len(term), term, number) for term in postings.vocabulary)


class _WaitingTerms:
    """Terms that wait to be merged, and to where each source was merged."""

    def __init__(self, sources: Sequence[_MergedPostings]) -> None:
        self._sources = sources
        # Which gives whole numbers quicker than an array does.
        self._starts = [source.postings.starts.data for source in sources]
        self._done = [0] * len(sources)
        self._begin()

    def _begin(self) -> None:
        self.terms: list[str] = []
        self.postings = 0
        self._places: list[list[int]] = [[] for _ in self._sources]

    def add(self, term: str, sources: Sequence[int]) -> None:
        """Let the next term wait, which these sources hold."""
        for number in sources:
            starts, places = self._starts[number], self._places[number]
            own = self._done[number] + len(places)
            self.postings += starts[own + 1] - starts[own]
            places.append(len(self.terms))
        self.terms.append(term)

    def block(self) -> PostingsBlock:
        """Return everything that waited, merged."""
        parts = []
        for number, (source, places) in enumerate(zip(self._sources, self._places, strict=True)):
            first = self._done[number]
            self._done[number] = first + len(places)
            own = source.between(first, first + len(places))
            terms = np.array(places, dtype=np.int64)[own.terms]
            parts.append(_PartOfPostings(terms=terms, rows=own.rows, counts=own.counts))
        waited = self.terms
        self._begin()
        return _block(
            waited,
            np.concatenate([part.terms for part in parts]),
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.counts for part in parts]),
        )


def _block(
    terms: Sequence[str], places: RowNumbers, rows: RowNumbers, counts: IntVector
) -> PostingsBlock:
    """Return postings in order, ``places`` being those of their terms; without terms of no row."""
    keys = (places << _ROW_BITS) | rows
    order = np.argsort(keys, kind="stable")  # which is quick where parts are in order
    frequencies = np.bincount(places, minlength=len(terms))
    return PostingsBlock(
        terms=[term for term, held in zip(terms, frequencies.tolist(), strict=True) if held],
        frequencies=frequencies[frequencies > 0],
        rows=rows[order],
        counts=counts[order],
    )


def _scores(block: PostingsBlock, norms: DoubleVector) -> FloatVector:
    """Return the BM25 score of each posting, rounded where bm25s rounds."""
    rarities = [inverse_frequency(held, texts=len(norms)) for held in block.frequencies.tolist()]
    rarity = np.repeat(np.array(rarities, dtype=np.float32), block.frequencies)
    counts = block.counts.astype(np.float64)
    scores: FloatVector = (rarity * (counts / (norms[block.rows] + counts))).astype(np.float32)
    return scores
