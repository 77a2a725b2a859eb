"""How fast a corpus is indexed, against sentence-transformers encoding the same passages plainly.

    python -m tests.benchmarks.encoding [CORPUS] [--articles N] [--rounds R]

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
from collections.abc import Iterable
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


def main(texts: Iterable[str], rounds: int) -> None:
    """Build, encode plainly, and print how many times as fast the build was, round by round."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary, "corpus")
        files = write(texts, corpus)
        say(f"{len(files)} articles")
        for number in range(rounds):
            index = Path(temporary, f"index-{number}")
            built = build(corpus, index)
            plain = encode_plainly(passages_of(index))
            say(
                f"{built.embedded} passages; build {built.seconds:.1f} s ({built.cpu:.1f} s CPU), "
                f"plain encoding {plain.seconds:.1f} s ({plain.cpu:.1f} s CPU): "
                f"{plain.seconds / built.seconds:.2f} times as fast, "
                f"{plain.cpu / built.cpu:.2f} times by CPU"
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
    asked = parser.parse_args()
    main(articles(asked.corpus, asked.articles), asked.rounds)
