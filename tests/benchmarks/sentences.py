"""How well hard texts are cut into sentences: ``python -m tests.benchmarks.sentences``.

It prints how many of the texts in ``tests/text/hard_sentences.txt`` come out exactly right, and how
many sentences, from this project's splitter, the library that it stands on, and each of pysbd,
syntok, blingfire and nltk's punkt that is installed; none is a dependency. ``--show`` prints what
this project gets wrong.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sentencex import segment

from retriever.text.sentences import sentence_spans

CASES = Path(__file__).parents[1] / "text" / "hard_sentences.txt"
Splitter = Callable[[str], list[str]]


def cases() -> list[list[str]]:
    """Return the sentences of each text."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines if line and not line.startswith("#")]


def own(text: str) -> list[str]:
    """Return the sentences as this project cuts them."""
    return [span.of(text) for span in sentence_spans(text)]


def splitters() -> Iterator[tuple[str, Splitter]]:
    """Yield the splitters that can be compared here, by name."""
    yield "quotidian", own
    yield "sentencex", lambda text: [*segment("en", text)]
    for name, make in (
        ("pysbd", _pysbd),
        ("syntok", _syntok),
        ("blingfire", _blingfire),
        ("nltk", _punkt),
    ):
        if find_spec(name):
            yield name, make()


def _pysbd() -> Splitter:
    segmenter = import_module("pysbd").Segmenter(language="en", clean=False)
    return lambda text: list(segmenter.segment(text))


def _syntok() -> Splitter:
    segmenter = import_module("syntok.segmenter")

    def cut(text: str) -> list[str]:
        return [
            "".join(f"{token.spacing}{token.value}" for token in sentence)
            for paragraph in segmenter.process(text)
            for sentence in paragraph
        ]

    return cut


def _blingfire() -> Splitter:
    library = import_module("blingfire")
    return lambda text: str(library.text_to_sentences(text)).split("\n")


def _punkt() -> Splitter:
    """Return punkt untrained: its data is not on every machine."""
    tokenizer = import_module("nltk.tokenize.punkt").PunktSentenceTokenizer()
    return lambda text: list(tokenizer.tokenize(text))


def right(splitter: Splitter) -> tuple[int, int, list[list[str]]]:
    """Return how many texts and how many sentences come out right, and the texts that do not."""
    texts = sentences = 0
    wrong = []
    for expected in cases():
        found = [re.sub(r"\s+", " ", one).strip() for one in splitter(" ".join(expected))]
        texts += found == expected
        sentences += len({*found} & {*expected})
        if found != expected:
            wrong.append(found)
    return texts, sentences, wrong


def main(*, show: bool) -> None:
    """Print a line for each splitter."""
    whole = cases()
    for name, splitter in splitters():
        texts, sentences, wrong = right(splitter)
        sys.stdout.write(
            f"{name:10} {texts:3} of {len(whole)} texts, "
            f"{sentences:3} of {sum(map(len, whole))} sentences\n"
        )
        if show and name == "quotidian":
            sys.stdout.writelines(f"    {' | '.join(found)}\n" for found in wrong)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true")
    main(**vars(parser.parse_args()))
