"""Time reading alone, without the encoder: ``python -m tests.benchmarks.reading FILE...``.

For each file or folder it prints articles, articles a second of processor time in this process and
of the clock, and the largest memory this process has had. ``--profile`` prints where the time went.
Each is read in a fresh process, so that the memory is its own.
"""

import argparse
import cProfile
import pstats
import resource
import subprocess
import sys
import time
from pathlib import Path

from retriever.corpus import ReaderPool, read_source, survey
from retriever.records import Article

_SHOWN = 25  # functions of a profile


def main(corpora: list[Path], *, profile: bool) -> None:
    """Read each corpus in a process of its own, or one in this process under the profiler."""
    if profile:
        with cProfile.Profile() as profiler:
            measure(corpora[0])
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(_SHOWN)
    elif len(corpora) == 1:
        measure(corpora[0])
    else:
        for corpus in corpora:
            subprocess.run([sys.executable, "-m", __spec__.name, str(corpus)], check=True)


def measure(corpus: Path) -> None:
    """Read a corpus and print one line about it."""
    clock, busy = time.perf_counter(), time.process_time()
    articles = failures = characters = 0
    with ReaderPool() as readers:
        for source in survey(corpus).sources:
            for item in read_source(source, readers):
                if isinstance(item, Article):
                    articles += 1
                    characters += len(item.text)
                else:
                    failures += 1
    busy, clock = time.process_time() - busy, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        f"{corpus}: {articles:,} articles, {failures:,} failures, {characters:,} characters; "
        f"{articles / busy:,.0f} articles/s of this process, {articles / clock:,.0f} by the clock, "
        f"{memory:.0f} MiB at most"
    )


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--profile", action="store_true")
    arguments = parser.parse_args()
    main(arguments.corpora, profile=arguments.profile)
