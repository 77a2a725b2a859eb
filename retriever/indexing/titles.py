"""The vectors of the articles' titles, by article row; zeros where there is no title."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np

from retriever.encoders.protocol import Encoder
from retriever.index.generation import TITLES
from retriever.index.quantization import quantised
from retriever.index.store import Store
from retriever.indexing.array_writer import ArrayWriter
from retriever.indexing.embedding import ENCODED_AT_ONCE
from retriever.indexing.previous_generation import Before
from retriever.indexing.segmentation import shortened
from retriever.records.arrays import Codes


def write_titles(
    store: Store,
    encoder: Encoder,
    *,
    before: Before | None,
    folder: Path,
    dimension: int,
    step: Callable[[int, int], None],
) -> None:
    """Write a vector for each article of ``store``; those that ``before`` has are taken from it.

    ``step`` is told how many are encoded, of how many.
    """
    rows = _rows_by_title(store)
    known = _known(before)
    untitled = rows.pop("", [])
    missing = sorted(rows.keys() - known.keys())
    with closing(ArrayWriter(folder / TITLES, kind=np.int8)) as file:
        file.put(np.array(untitled, dtype=np.int64), np.zeros((len(untitled), dimension)))
        for title in rows.keys() & known.keys():
            _put(file, rows[title], known[title])
        for start in range(0, len(missing), ENCODED_AT_ONCE):
            step(start, len(missing))
            chunk = missing[start : start + ENCODED_AT_ONCE]
            codes = quantised(encoder.encode([shortened(title, encoder) for title in chunk]))
            for title, own in zip(chunk, codes, strict=True):
                _put(file, rows[title], own)
        file.finish(store.count_articles())
    if missing:
        step(len(missing), len(missing))


def _rows_by_title(store: Store) -> dict[str, list[int]]:
    """Return the rows of the articles with each title; those without one under the empty one."""
    rows: dict[str, list[int]] = defaultdict(list)
    for row, title in enumerate(store.titles()):
        rows[title if title and title.split() else ""].append(row)
    return rows


def _known(before: Before | None) -> dict[str | None, Codes]:
    """Return what the generation before has, a view of its file for each title."""
    if before is None:
        return {}
    generation = before.generation
    return dict(zip(generation.store.titles(), generation.titles.codes, strict=True))


def _put(file: ArrayWriter, rows: list[int], codes: Codes) -> None:
    file.put(np.array(rows), np.tile(codes, (len(rows), 1)))
