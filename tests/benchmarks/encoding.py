"""How fast a corpus is indexed, against sentence-transformers encoding the same passages plainly.

    python -m tests.benchmarks.encoding [CORPUS] [--articles N] [--rounds R] [--json]

builds an index of N articles (600) from their files with the command, from nothing to the published
index, and then encodes the passages that are in it with ``SentenceTransformer.encode`` at its
defaults (32 bits, batches of 32), each in a process of its own, R times (1) by turns. Starting is
counted for the build and not for the library, which is timed once it has loaded and warmed up.
CORPUS is a JSON Lines file as for :mod:`.rebuilding`; left out, texts are made up.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from retriever.index.store import Store
from tests.benchmarks.rebuilding import Run, articles, build, say, write

PLAIN = """
import json, resource, sys, time
from sentence_transformers import SentenceTransformer
from retriever.encoders.registry import bundled_folder
texts = json.load(sys.stdin)
model = SentenceTransformer(str(bundled_folder()), device="cpu")
model.encode(texts[:64])
used = lambda: sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
began, before = time.perf_counter(), used()
model.encode(texts, batch_size=32)
print(json.dumps([time.perf_counter() - began, used() - before]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A build, and the plain encoding of the same passages."""

    built: Run
    plain: Run

    @property
    def faster(self) -> float:
        """How many times as fast the build was."""
        return self.plain.seconds / self.built.seconds

    @property
    def faster_by_cpu(self) -> float:
        """How many times less of the processors' time the build took."""
        return self.plain.cpu / self.built.cpu


def main(texts: Iterable[str], rounds: int) -> Iterator[Round]:
    """Build and encode plainly, by turns, and yield what each round took."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary, "corpus")
        write(texts, corpus)
        for number in range(rounds):
            index = Path(temporary, f"index-{number}")
            built = build(corpus, index)
            yield Round(built=built, plain=encode_plainly(passages_of(index)))


def show(one: Round) -> None:
    """Print a round."""
    built, plain = one.built, one.plain
    say(
        f"{built.embedded} passages; build {built.seconds:.1f} s ({built.cpu:.1f} s CPU), plain "
        f"encoding {plain.seconds:.1f} s ({plain.cpu:.1f} s CPU): {one.faster:.2f} times as fast, "
        f"{one.faster_by_cpu:.2f} times by CPU"
    )


def passages_of(index: Path) -> list[str]:
    """Return the texts of all passages of an index."""
    (generation,) = (index / "generations").iterdir()
    store = Store(generation)
    try:
        return [passage.text for passage in store.passages()]
    finally:
        store.close()


def encode_plainly(texts: list[str]) -> Run:
    """Encode with sentence-transformers in a process of its own, and measure it once loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PLAIN],
        input=json.dumps(texts),
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    seconds, cpu = json.loads(done.stdout)
    return Run(seconds=seconds, cpu=cpu, embedded=len(texts))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure how fast a corpus is indexed.")
    parser.add_argument("corpus", nargs="?", type=Path)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = main(articles(asked.corpus, asked.articles), asked.rounds)
    if asked.json:
        told = [
            asdict(one) | {"faster": one.faster, "faster_by_cpu": one.faster_by_cpu}
            for one in found
        ]
        say(json.dumps({"rounds": told}))
    else:
        for one in found:
            show(one)
