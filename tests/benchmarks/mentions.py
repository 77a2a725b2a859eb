"""How long counting mentions takes, on any index.

    python -m tests.benchmarks.mentions INDEX [EXPRESSION...]

counts what it is given or, without, words that a tenth, a hundredth and a thousandth of the
articles hold, the most frequent word, phrases and pairs of words from its own articles. Told are
articles, mentions, and the CPU time of the first page in ms: the median of five, taken in turn.
"""

import argparse
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from retriever.index import publishing
from retriever.index.generation import Generation
from retriever.mentions.finding import find_mentions
from retriever.records import Filters, Mentions
from retriever.text.terms import WORD
from tests.benchmarks.rebuilding import say

ROUNDS = 5
SHARES = (0.5, 0.1, 0.01, 0.001)


def own_expressions(generation: Generation) -> Iterator[str]:
    """Yield words by how many of the articles hold them, and phrases that stand in some."""
    forms = generation.word_forms
    assert forms is not None
    words = [term for term in forms.postings.vocabulary if term.isalpha() and len(term) > 3]
    numbers = [forms.postings.vocabulary.number(term) for term in words]
    frequencies = np.diff(forms.postings.starts)[np.array(numbers)]
    yield words[int(frequencies.argmax())]
    for share in SHARES:
        wanted = share * generation.manifest.articles
        yield words[int(np.abs(frequencies - wanted).argmin())]
    chance = random.Random(1)
    names = [*dict.fromkeys(_names(generation, chance))][:3]
    yield from names
    yield f"{words[int(frequencies.argmax())]} {names[0].split()[0]}"
    yield f"{names[0].split()[0]} NEAR {names[1].split()[0]}"
    yield f"{names[0].split()[0]} NEAR/5 ({names[1].split()[0]} OR {names[2].split()[0]})"
    yield f"{names[0]} OR {names[1]} AND NOT {names[2]}"
    yield "re*"
    yield "=us"


def _names(generation: Generation, chance: random.Random) -> Iterator[str]:
    """Yield pairs of words with capitals, one behind the other, from articles taken by chance."""
    for row in chance.choices(range(generation.manifest.articles), k=200):
        found = WORD.findall(generation.store.article_at(row).text)
        pairs = [f"{a} {b}" for a, b in pairwise(found) if a.istitle() and b.istitle()]
        yield from chance.sample(pairs, k=min(1, len(pairs)))


def main(index: Path, expressions: Sequence[str]) -> None:
    """Count everything in turn, and say how long each took."""
    generation = Generation(publishing.current_generation(index))
    wanted = [*(expressions or own_expressions(generation))]
    say(f"{index}: {generation.manifest.articles:,} articles")
    times: dict[str, list[float]] = {expression: [] for expression in wanted}
    found: dict[str, Mentions] = {}
    for _ in range(ROUNDS):
        for expression in wanted:
            before = time.process_time()
            found[expression] = find_mentions(
                expression, generation, filters=Filters(), offset=0, limit=20
            )
            times[expression].append(time.process_time() - before)
    for expression, mentions in found.items():
        milliseconds = statistics.median(times[expression]) * 1_000
        say(
            f"{expression:44} {mentions.articles:9,} articles {mentions.mentions:11,} mentions"
            f" {milliseconds:8.1f} ms"
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How long counting mentions takes.")
    parser.add_argument("index", type=Path)
    parser.add_argument("expressions", nargs="*")
    asked = parser.parse_args()
    main(asked.index, asked.expressions)
