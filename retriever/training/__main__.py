"""The command ``python -m retriever.training``."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers.utils import logging

from retriever.training.examples import make_examples
from retriever.training.hyperparameters import Hyperparameters
from retriever.training.loop import Training, begin, learn, resume, save
from retriever.training.measured_questions import (
    held_out_questions,
    read_paragraph_questions,
    read_seed_questions,
)
from retriever.training.network import bundled_kinds, bundled_reader, bundled_tokeniser
from retriever.training.progress import Measures, Watch, say, say_figures
from retriever.training.sources import SOURCES, Source
from retriever.training.threads import Threads
from retriever.training.weights import read_weights, write_weights
from retriever.training.windows import Window, make_windows, store, stored

_EXAMPLES = """examples:
  # Learn from the rows in a folder; go on from the checkpoint if the run has one.
  python -m retriever.training ../shared/data/train --output runs/first

  # The same, measured on the way on questions that are never learned from.
  python -m retriever.training ../shared/data/train --output runs/first \\
      --measure ../shared/data --seeds ../shared/seeds

  # Fall to rate zero sooner: 90,000 windows in all, the last half of them cooling.
  python -m retriever.training ../shared/data/train --output runs/first --windows 90000 --cooled .5

  # Measure what a run has written, on all questions, and learn nothing.
  python -m retriever.training ../shared/data/train --output runs/first --only-measure \\
      --measure ../shared/data --seeds ../shared/seeds
"""
_QUICKLY = 300  # questions measured on the way
WEIGHTS = "reader.safetensors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What the command was asked for."""

    data: Path
    output: Path
    settings: Hyperparameters
    threads: int
    measure: Path | None
    seeds: Path | None
    share: bool
    only_measure: bool


def main(arguments: Sequence[str] | None = None) -> int:
    """Train a reader, or measure a trained one, and return the exit status."""
    wanted = _wanted(arguments)
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(wanted.threads)
    if wanted.only_measure:
        _measure(wanted)
    else:
        _train(wanted)
    return 0


def _wanted(arguments: Sequence[str] | None) -> Arguments:
    parser = _parser()
    given = parser.parse_args(arguments)
    if not any(given.data.glob("*.jsonl.gz")):
        parser.error(f"{given.data} holds no rows; name the folder of the .jsonl.gz files")
    settings = Hyperparameters(
        total=given.windows, rate=given.rate, cooled=given.cooled, seed=given.seed
    )
    return Arguments(
        data=given.data,
        output=given.output,
        settings=settings,
        threads=given.threads,
        measure=given.measure,
        seeds=given.seeds,
        share=given.share,
        only_measure=given.only_measure,
    )


def _parser() -> argparse.ArgumentParser:
    usual = Hyperparameters()
    parser = argparse.ArgumentParser(
        prog="python -m retriever.training",
        description="Train the reader on the rows in DATA, on the bundled encoder and this\n"
        "machine's processor. Goes on from the checkpoint in the output folder if there is one;\n"
        "the same seed and data give the same weights. Every few minutes the averaged weights are\n"
        f"written to {WEIGHTS} in the output folder.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("data", type=Path, metavar="DATA", help="folder of NAME.jsonl.gz files of rows")
    add("--output", type=Path, required=True, help="folder of the run")
    add(
        "--windows",
        type=int,
        default=usual.total,
        help="how many to learn from; more than there are means another pass (%(default)s)",
    )
    add("--rate", type=float, default=usual.rate, help="rate of learning (%(default)s)")
    add(
        "--cooled",
        type=float,
        default=usual.cooled,
        help="part of the run over which the rate falls to zero (%(default)s)",
    )
    add("--seed", type=int, default=usual.seed, help="of everything drawn by chance (%(default)s)")
    add("--threads", type=int, default=2, help="processor cores to use (%(default)s)")
    add("--measure", type=Path, help="folder that holds squad2 and seeds-journalist")
    add("--seeds", type=Path, help="folder of the seed articles")
    add("--only-measure", action="store_true", help=f"measure {WEIGHTS} and learn nothing")
    add(
        "--share",
        action="store_true",
        help="compute with one thread while other programs are at work: faster then, but the"
        " weights differ in their last digits from run to run",
    )
    return parser


def _train(wanted: Arguments) -> None:
    wanted.output.mkdir(parents=True, exist_ok=True)
    untrained = bundled_reader(wanted.settings.seed)
    training = begin(bundled_reader(wanted.settings.seed), wanted.settings)
    checkpoint = wanted.output / "checkpoint.pt"

    def keep(training: Training) -> None:
        save(training, checkpoint)
        write_weights(training.average, untrained, wanted.output / WEIGHTS)

    if checkpoint.exists():
        resume(training, checkpoint)
    windows = _windows(wanted)
    share = sum(window.answerable for window in windows) / len(windows)
    say(f"{len(windows)} windows, {share:.2f} answerable; from batch {training.step}")
    threads = Threads(wanted.threads) if wanted.share else None
    watch = Watch(keep, _measures(wanted, most=_QUICKLY), threads)
    learn(training, windows, watch=watch)
    keep(training)
    _measure(wanted)


def _measure(wanted: Arguments) -> None:
    reader = read_weights(bundled_reader(), wanted.output / WEIGHTS)
    say_figures(WEIGHTS, reader, _measures(wanted))


def _windows(wanted: Arguments) -> list[Window]:
    """Return what is learned from: made anew, or as the run has stored it."""
    kept = wanted.output / "windows.npz"
    if not kept.exists():
        examples = make_examples(
            wanted.data, _present(wanted.data), bundled_kinds(), seed=wanted.settings.seed
        )
        store(list(make_windows(examples, bundled_tokeniser())), kept)
    return stored(kept)


def _present(data: Path) -> list[Source]:
    return [one for one in SOURCES if one.made or (data / f"{one.name}.jsonl.gz").exists()]


def _measures(wanted: Arguments, most: int | None = None) -> list[Measures]:
    """Return the questions to measure on, at most ``most`` of each set."""
    if wanted.measure is None:
        return []
    questions = read_paragraph_questions(wanted.measure / "squad2", most=most)
    found = [Measures(name="squad2 paragraphs", asked=questions)]
    if wanted.seeds:
        path = wanted.measure / "seeds-journalist" / "questions.jsonl"
        found.append(Measures(name="seeds", asked=read_seed_questions(path, wanted.seeds)))
    if most is None:
        kept = make_examples(wanted.data, _present(wanted.data), bundled_kinds(), seed=0, kept=True)
        asked = held_out_questions(list(kept), most=_QUICKLY)
        found.append(Measures(name="held-out rows", asked=asked))
    return found


if __name__ == "__main__":
    sys.exit(main())
