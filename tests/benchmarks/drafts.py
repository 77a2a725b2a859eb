"""How rightly a draft's quotations are told to be exact, nearly so, or of no article.

    python -m tests.benchmarks.drafts DATASET FOREIGN [--index DIR] [--each N] [--seed N] [--show]

Quotations are made from the articles of DATASET: sentences and parts of sentences of 6 to 40 words.
N (100) stay as they are, but for what the typography of a draft changes: straight or curly marks,
dashes, the first letter, the mark at the end. In N one word is replaced, left out, put in, or
changes places with the next. N are made the same way from FOREIGN and stand in no article of
DATASET. Then the same with 2 to 5 words. An index of DATASET is built unless one is given. Told
rightly is the verdict, and for what is in DATASET the place as well. Exit status 1 when less than
99 % of the long ones are told rightly.
"""

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from retriever import Index, build, open_index
from retriever.drafts.verdicts import CheckedQuotation
from retriever.evaluation.datasets import read_dataset
from retriever.text.sentences import sentence_spans
from retriever.text.terms import WORD, words

LONG, SHORT = (6, 40), (2, 5)
ENOUGH = 0.99
EXPECTED = {"as it is": "exact", "changed": "nearly", "foreign": "nowhere"}
CHANGES = ("replaced", "left out", "put in", "swapped")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeQuotation:
    """Words of a draft, how they were made, and the words of the article that they are from."""

    kind: str
    words: str
    original: str
    change: str = ""


def main(given: argparse.Namespace) -> bool:
    """Print how many quotations of each kind are told rightly; return whether enough are."""
    own, other = texts_of(given.dataset), texts_of(given.foreign)
    with tempfile.TemporaryDirectory() as temporary:
        index = given.index
        if index is None:
            index = Path(temporary, "index")
            build(read_dataset(given.dataset).corpus, index=index)
        opened = open_index(index)
        shares = [
            share_told_rightly(
                opened, [*made_quotations(own, other, lengths, given)], show=given.show
            )
            for lengths in (LONG, SHORT)
        ]
    return shares[0] >= ENOUGH


def share_told_rightly(index: Index, made: Sequence[MadeQuotation], *, show: bool) -> float:
    """Print the figures of quotations, checked in one draft, and return the share told rightly."""
    draft = "\n\n".join(f"They wrote: “{one.words}”" for one in made)
    started = time.process_time()
    checked = index.check_draft(draft).quotations
    seconds = time.process_time() - started
    if len(checked) != len(made):
        raise SystemExit(f"{len(made)} quotations were made, {len(checked)} found")
    right = Counter[str]()
    told = {kind: Counter[str]() for kind in EXPECTED}
    for one, verdict in zip(made, checked, strict=True):
        told[one.kind][str(verdict.accuracy)] += 1
        right[one.kind] += is_right(one, verdict)
        if show and not is_right(one, verdict):
            say(f"    {verdict.accuracy}, {one.kind} {one.change}: {one.words!r}")
    for kind, counts in told.items():
        say(f"  {kind:9}{right[kind]:4} of {counts.total()} told rightly: {dict(counts)}")
    share = right.total() / len(made)
    say(f"  together {share:.1%} of {len(made)}, {seconds:.1f} s of CPU")
    return share


def is_right(one: MadeQuotation, told: CheckedQuotation) -> bool:
    """Tell whether a verdict is the expected one, its place in an article with the very words."""
    if str(told.accuracy) != EXPECTED[one.kind]:
        return False
    return told.place is None or is_in(one.original, told.place.article.text)


def made_quotations(
    own: Sequence[str], other: Sequence[str], lengths: tuple[int, int], given: argparse.Namespace
) -> Iterator[MadeQuotation]:
    """Yield the quotations, a kind after the other."""
    say(f"{lengths[0]} to {lengths[1]} words:")
    draws = random.Random(given.seed)
    held = " \n ".join(" ".join(words(text)) for text in own)
    for kind, texts in (("as it is", own), ("changed", own), ("foreign", other)):
        made = 0
        while made < given.each:
            original = drawn(texts, lengths, draws)
            quoted, change = original, ""
            if kind == "changed":
                change = CHANGES[made % len(CHANGES)]
                quoted = with_a_change(original, change, drawn(texts, lengths, draws), draws)
            if is_in(quoted, f" {held} ", folded=True) == (kind == "as it is"):
                made += 1
                yield MadeQuotation(
                    kind=kind, words=as_in_a_draft(quoted, draws), original=original, change=change
                )


def drawn(texts: Sequence[str], lengths: tuple[int, int], draws: random.Random) -> str:
    """Return a sentence of a text, or a part of one, of so many words, from word to word."""
    while True:
        text = draws.choice(texts)
        sentence = draws.choice(sentence_spans(text)).of(text)
        if "\n" in sentence:
            continue
        found = [*WORD.finditer(sentence)]
        if len(found) < lengths[0]:
            continue
        whole = draws.random() < 0.5 and len(found) <= lengths[1]
        if whole:
            return sentence.strip("\"“”'‘’«»[]() ")
        count = draws.randint(lengths[0], min(lengths[1], len(found)))
        first = draws.randint(0, len(found) - count)
        return sentence[found[first].start() : found[first + count - 1].end()]


def with_a_change(original: str, change: str, other: str, draws: random.Random) -> str:
    """Return words with one of them changed: inside, so that they do not only end earlier.

    Of two words none is left out: they change places.
    """
    found = [*WORD.finditer(original)]
    strange = str(draws.choice(WORD.findall(other)))
    n = draws.randrange(1, len(found) - 1) if len(found) > 2 else 1
    here = found[n]
    if change == "replaced":
        return original[: here.start()] + strange + original[here.end() :]
    if change == "put in":
        return original[: here.start()] + f"{strange} " + original[here.start() :]
    if change == "left out" and len(found) > 2:
        return original[: here.start()] + original[here.end() :].lstrip()
    before = found[n - 1]
    return (
        original[: before.start()]
        + here.group()
        + original[before.end() : here.start()]
        + before.group()
        + original[here.end() :]
    )


def as_in_a_draft(quoted: str, draws: random.Random) -> str:
    """Return words as a draft prints them: other marks, another case, another end."""
    quoted = re.sub(r"[“”\"«»„]", "’", re.sub(r"[“\"«„](?=\w)", "‘", quoted))
    if draws.random() < 0.5:
        quoted = quoted.replace("’", "'").replace("–", "-").replace("…", "...")
    if draws.random() < 0.2:
        quoted = quoted[0].swapcase() + quoted[1:]
    if draws.random() < 0.5 and quoted[-1] not in "!?":
        quoted = f"{quoted.rstrip('.,;:')},"
    return quoted


def is_in(quoted: str, text: str, *, folded: bool = False) -> bool:
    """Tell whether a text, whose words may be folded already, has these words in this order."""
    held = text if folded else f" {' '.join(words(text))} "
    return f" {' '.join(words(quoted))} " in held


def texts_of(dataset: Path) -> list[str]:
    """Return the texts of the articles of a data set."""
    corpus = read_dataset(dataset).corpus
    opened = gzip.open if corpus.suffix == ".gz" else open
    with opened(corpus, "rt", encoding="utf-8") as lines:
        return [str(json.loads(line)["text"]) for line in lines]


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("foreign", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--each", type=int, default=100)
    parser.add_argument("--seed", type=int, default=16)
    parser.add_argument("--show", action="store_true", help="print what is told wrongly")
    sys.exit(not main(parser.parse_args()))
