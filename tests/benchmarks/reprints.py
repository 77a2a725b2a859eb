"""How well reprints are found: ``python -m tests.benchmarks.reprints CORPUS [--articles 10000]``.

CORPUS is JSON Lines, .gz or not. No public set says which of its articles are reprints, so they are
made of its articles (:mod:`tests.benchmarks.made_reprints`). Articles of the corpus that share
three tenths of their shingles with another are left out, since nobody has said whether they are
reprints; ``--natural`` keeps all.

It prints precision, recall and F1 over pairs and B-cubed (Amigó et al. 2009), how many versions are
told from reprints, and the seconds and bytes of it. ``--same 0.5 0.6 …`` tries these thresholds in
turn. ``--signatures 1000000`` measures instead how long pairs of like signatures are looked for
among so many, of which every tenth is an earlier one with an eighth of its places changed.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from retriever.index.clusters import CLUSTERS, COMPARED, SIGNATURES, Clusters
from retriever.index.store import Store
from retriever.indexing.clustering import KnownTexts, text_keys, write_clusters
from retriever.indexing.signatures import WIDTH, candidate_pairs
from retriever.indexing.store_writer import StoreWriter
from retriever.text import reprinting
from tests.benchmarks.made_reprints import (
    SEED,
    Made,
    originals_of,
    with_reprints,
    without_alike,
)


def main(corpus: Path, wanted: int, same: Sequence[float], *, natural: bool) -> None:
    """Make the articles, find the reprints, and print how well that went."""
    originals = originals_of(corpus) if natural else without_alike(originals_of(corpus))
    chance = random.Random(SEED)  # the same articles each time
    made = [*with_reprints(originals, wanted, chance)]
    chance.shuffle(made)
    _say(f"{len(originals)} originals of {corpus.parent.name}, {len(made)} articles, ", end="")
    _say(f"{len({one.story for one in made})} stories")
    for threshold in same or [reprinting.SAME]:
        reprinting.SAME = threshold  # tried in turn
        _say(f"SAME {threshold}:")
        _measure(made)


def _measure(made: Sequence[Made]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = _stored(Path(folder), made)
        before = time.process_time(), time.perf_counter()
        write_clusters(store, Path(folder), step=lambda *_: None)
        cpu, wall = time.process_time() - before[0], time.perf_counter() - before[1]
        clusters = Clusters.load(Path(folder), articles=len(made))
        sizes = {
            name: Path(folder, name).stat().st_size for name in (SIGNATURES, COMPARED, CLUSTERS)
        }
        known = KnownTexts(
            keys=text_keys(store),
            signatures=np.load(Path(folder, SIGNATURES)),
            compared=np.load(Path(folder, COMPARED)),
        )
        before = time.process_time(), 0.0
        write_clusters(store, Path(folder), known=[known], step=lambda *_: None)
        again = time.process_time() - before[0]
        store.close()
    found = [clusters.origin_of(row) for row in range(len(made))]
    right = [one.story for one in made]
    for name, (precision, recall) in (
        ("pairs", pairwise(found, right)),
        ("B-cubed", b_cubed(found, right)),
    ):
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        _say(f"  {name:8} precision {precision:.4f} recall {recall:.4f} F1 {f1:.4f}")
    told = [clusters.edition_of(row) for row in range(len(made))]
    houses = [f"{one.story} {one.house}" for one in made]
    precision, recall = pairwise(told, houses)
    _say(f"  versions precision {precision:.4f} recall {recall:.4f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(
        f"  {cpu:.1f} s of a core, {wall:.1f} s by the clock; again, known: {again:.1f} s; ", end=""
    )
    _say(f"{sum(sizes.values()) / len(made):.0f} bytes an article on disk; {peak:.0f} MB at most")


def _measure_signatures(count: int) -> None:
    """Print what looking for pairs among so many made-up signatures costs."""
    chance = np.random.default_rng(SEED)
    made = chance.integers(0, 1 << 16, size=(count, WIDTH), dtype=np.uint16)
    made[:, -1] = 400
    later = np.arange(9, count, 10)
    made[later] = made[later - 1 - chance.integers(0, 8, len(later))]
    changed = chance.random((len(later), WIDTH - 1)) < 1 / 8
    made[later, :-1] = np.where(changed, made[later, :-1] ^ 1, made[later, :-1])
    tracemalloc.start()
    started = time.process_time()
    found = candidate_pairs(made, np.arange(count), least=reprinting.RELATED)
    cpu = time.process_time() - started
    most = tracemalloc.get_traced_memory()[1] / count
    _say(f"{count} signatures: {len(found)} pairs for {len(later)} made alike, {cpu:.1f} s of a")
    _say(f"core, {most:.0f} bytes an article beside the {made.itemsize * WIDTH} of its signature")


def pairwise(found: Sequence[object], right: Sequence[object]) -> tuple[float, float]:
    """Return precision and recall over pairs of articles that are put together."""
    both = _pairs(zip(found, right, strict=True))
    return both / max(_pairs(found), 1), both / max(_pairs(right), 1)


def b_cubed(found: Sequence[object], right: Sequence[object]) -> tuple[float, float]:
    """Return B-cubed precision and recall: the mean over articles."""
    both = Counter(zip(found, right, strict=True))
    ours, theirs, count = Counter(found), Counter(right), len(found)
    precision = sum(n * n / ours[one] for (one, _), n in both.items()) / count
    recall = sum(n * n / theirs[other] for (_, other), n in both.items()) / count
    return precision, recall


def _pairs(labels: Iterable[object]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(labels).values())


def _stored(folder: Path, made: Sequence[Made]) -> Store:
    with StoreWriter(folder) as writer:
        for one in made:
            writer.add_article(one.article, stated_id=one.article.id, source="made", passages=[])
    with closing(Store(folder)) as store:
        assert store.count_articles() == len(made)
    return Store(folder)


def _say(line: str, end: str = "\n") -> None:
    sys.stdout.write(f"{line}{end}")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--signatures", type=int)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--same", type=float, nargs="*", default=())
    parser.add_argument("--natural", action="store_true")
    asked = parser.parse_args()
    if asked.signatures:
        _measure_signatures(asked.signatures)
        sys.exit()
    main(asked.corpus, asked.articles, asked.same, natural=asked.natural)
