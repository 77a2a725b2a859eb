"""What the empty page's example questions cost, and that the page does not wait for them.

    python -m tests.benchmarks.examples INDEX...

Prints, for each index, the processor time of all threads: of reading articles and making
candidates, of asking them (the reader included), and of the first page with its examples and
without, in turn, each the median of several. Every example is asked once more: none may be refused.
"""

import argparse
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median

from retriever import Catalogue, Index, Outcome, open_index
from webui import render
from webui.chat.candidates import candidates
from webui.chat.examples import ARTICLES_READ, example_questions
from webui.chat.welcome import make_welcome

_TIMES = 7


def main() -> None:
    """Print the figures of each index."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.examples")
    parser.add_argument("indexes", type=Path, nargs="+")
    for folder in parser.parse_args().indexes:
        sys.stdout.writelines(f"{line}\n" for line in figures(open_index(folder)))


def figures(index: Index) -> list[str]:
    """Return the lines about one index."""
    index.warm_up()
    making = _seconds(lambda: _made(index))
    offered: list[str] = []
    asking = _seconds(lambda: offered.extend(example_questions(index)))
    held = index.catalogue()
    with_them, without = [], []
    for _ in range(_TIMES):
        with_them.append(_seconds(lambda: _page(index, offered, held)))
        without.append(_seconds(lambda: _page(index, None, held)))
    refused = sum(index.ask(one).outcome is not Outcome.ANSWERED for one in offered)
    return [
        f"{index.folder}: {index.coverage.articles:,} articles",
        f"  {_made(index):,} candidates of {ARTICLES_READ} articles: {making:.2f} s",
        f"  {len(offered)} examples made and asked: {asking:.2f} s; {refused} refused",
        f"  first page: {median(without) * 1e3:.2f} ms, with examples known"
        f" {median(with_them) * 1e3:.2f} ms",
        *(f"  - {one}" for one in offered),
    ]


def _made(index: Index) -> int:
    return sum(len(candidates(article)) for article in islice(index.articles(), ARTICLES_READ))


def _page(index: Index, offered: list[str] | None, held: Catalogue) -> str:
    return render.welcome(make_welcome(index.coverage, held, offered))


def _seconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
