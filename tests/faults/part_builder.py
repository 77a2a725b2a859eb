"""Builds the parts of an index and merges them, again and again, until it is killed.

    python -m tests.faults.part_builder CORPUS INDEX COUNT

prints a line when it begins; every round changes a file of the corpus, so that there is work.
"""

import sys
from dataclasses import replace
from pathlib import Path

from retriever.indexing.merging import merge_parts
from retriever.indexing.parts import parts_of
from retriever.indexing.pipeline import build_index
from retriever.indexing.sharding import Shard
from tests.building import job_of


def build_and_merge(corpus: Path, index: Path, count: int) -> None:
    """Bring every part up to date, and the index made of them."""
    job = job_of(corpus, index)
    for number in range(1, count + 1):
        build_index(replace(job, shard=Shard(number=number, count=count)))
    merge_parts(job, parts_of(index))


def main(corpus: Path, index: Path, count: int) -> None:
    """Go on until killed."""
    print("ready", flush=True)  # noqa: T201  # the test waits for it
    for turn in range(1_000):
        (corpus / f"changing-{turn % 3}.txt").write_text(f"Story {turn} tells of ship {turn}.")
        build_and_merge(corpus, index, count)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
