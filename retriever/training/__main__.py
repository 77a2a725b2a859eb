"""The command ``python -m retriever.training``."""

import argparse
import copy
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers.utils import logging

from retriever.training.draws import drawn_windows, present_sources
from retriever.training.examples import make_examples
from retriever.training.hyperparameters import Hyperparameters
from retriever.training.loop import Training, begin, learn, resume, save
from retriever.training.measured_questions import (
    held_out_questions,
    read_paragraph_questions,
    read_seed_questions,
)
from retriever.training.network import bundled_kinds, bundled_reader
from retriever.training.progress import Measures, Watch, say, say_figures
from retriever.training.threads import Threads
from retriever.training.weights import mean_weights, read_weights, write_weights

_EXAMPLES = """examples:
  # Learn from the rows in a folder; go on from the checkpoint if the run has one.
  python -m retriever.training ../shared/data/train --output runs/first

  # The same, measured on the way on questions that are never learned from.
  python -m retriever.training ../shared/data/train --output runs/first \\
      --measure ../shared/data --seeds ../shared/seeds

  # On a GPU and 16 cores: 16 draws of near misses from the same rows, each seen once.
  python -m retriever.training ../shared/data/train --output runs/large --device cuda \\
      --draws 16 --workers 16 --windows 2400000 --batch 256 --rate 5e-4 --dropout .1

  # Fall to rate zero sooner: 90,000 windows in all, the last half of them cooling.
  python -m retriever.training ../shared/data/train --output runs/first --windows 90000 --cooled .5

  # Measure what a run has written, on all questions, and learn nothing.
  python -m retriever.training ../shared/data/train --output runs/first --only-measure \\
      --measure ../shared/data --seeds ../shared/seeds
"""
_LOADING = 4  # processes that keep a GPU supplied with batches
_QUICKLY = 300  # questions measured on the way
WEIGHTS = "reader.safetensors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What the command was asked for."""

    data: Path
    output: Path
    settings: Hyperparameters
    device: str
    draws: int
    workers: int
    threads: int
    begin_with: Path | None
    mean_with: Path | None
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
        total=given.windows,
        batch=given.batch,
        rate=given.rate,
        cooled=given.cooled,
        dropout=given.dropout,
        seed=given.seed,
        loading=0 if given.device == "cpu" else _LOADING,
    )
    return Arguments(
        data=given.data,
        output=given.output,
        settings=settings,
        device=given.device,
        draws=given.draws,
        workers=given.workers,
        threads=given.threads,
        begin_with=given.begin_with,
        mean_with=given.mean_with,
        measure=given.measure,
        seeds=given.seeds,
        share=given.share,
        only_measure=given.only_measure,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m retriever.training",
        description="Train the reader on the rows in DATA, on the bundled encoder, with this\n"
        "machine's processor or GPU. Goes on from the checkpoint in the output folder if there is\n"
        "one; the same seed and data give the same weights, on a GPU but for rounding. Every few\n"
        f"minutes the averaged weights are written to {WEIGHTS} in the output folder.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    usual = Hyperparameters()
    _add_windows(parser.add_argument, usual)
    _add_learning(parser.add_argument, usual)
    _add_measuring(parser.add_argument)
    return parser


def _add_windows(add: Callable[..., object], usual: Hyperparameters) -> None:
    """Take what is learnt from, and by what."""
    add("data", type=Path, metavar="DATA", help="folder of NAME.jsonl.gz files of rows")
    add("--output", type=Path, required=True, help="folder of the run")
    add(
        "--windows",
        type=int,
        default=usual.total,
        help="how many to learn from; more than there are means another pass (%(default)s)",
    )
    add(
        "--draws",
        type=int,
        default=1,
        help="how often windows are made of the rows, with other near misses each time"
        " (%(default)s)",
    )
    add("--workers", type=int, default=1, help="processes that make windows (%(default)s)")
    add("--device", default="cpu", help="what learns, as PyTorch names it: cuda (%(default)s)")


def _add_learning(add: Callable[..., object], usual: Hyperparameters) -> None:
    """Take how it is learnt, and the weights of other runs."""
    add("--batch", type=int, default=usual.batch, help="windows a batch (%(default)s)")
    add(
        "--dropout",
        type=float,
        default=usual.dropout,
        help="part of the network's numbers left out while it learns (%(default)s)",
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
    add(
        "--begin-with",
        type=Path,
        metavar="FILE",
        help="weights of another run to go on from, at a rate of its own",
    )
    add(
        "--mean-with",
        type=Path,
        metavar="FILE",
        help="weights of another run; what is written is the mean of theirs and this run's",
    )


def _add_measuring(add: Callable[..., object]) -> None:
    """Take what is measured, and whether digits may differ."""
    add("--measure", type=Path, help="folder that holds squad2 and seeds-journalist")
    add("--seeds", type=Path, help="folder of the seed articles")
    add("--only-measure", action="store_true", help=f"measure {WEIGHTS} and learn nothing")
    add(
        "--share",
        action="store_true",
        help="compute with one thread while other programs are at work: faster then, but the"
        " weights differ in their last digits from run to run",
    )


def _train(wanted: Arguments) -> None:
    wanted.output.mkdir(parents=True, exist_ok=True)
    settings = wanted.settings
    untrained = bundled_reader(settings.seed)
    reader = bundled_reader(settings.seed, dropout=settings.dropout)
    if wanted.begin_with:
        read_weights(reader, wanted.begin_with)
    training = begin(reader, settings, device=wanted.device)
    checkpoint = wanted.output / "checkpoint.pt"

    def keep(training: Training) -> None:
        save(training, checkpoint)
        learned = training.average
        if wanted.mean_with:
            learned = mean_weights(
                learned, read_weights(copy.deepcopy(untrained), wanted.mean_with)
            )
        write_weights(learned, untrained, wanted.output / WEIGHTS)

    if checkpoint.exists():
        resume(training, checkpoint)
    seeds = range(settings.seed, settings.seed + wanted.draws)
    windows = drawn_windows(wanted.data, wanted.output, seeds, workers=wanted.workers)
    share = sum(window.answerable for window in windows) / len(windows)
    say(f"{len(windows)} windows, {share:.2f} answerable; from batch {training.step}")
    threads = Threads(wanted.threads) if wanted.share else None
    watch = Watch(keep, _measures(wanted, most=_QUICKLY), threads)
    learn(training, windows, watch=watch)
    keep(training)
    _measure(wanted)


def _measure(wanted: Arguments) -> None:
    reader = read_weights(bundled_reader(), wanted.output / WEIGHTS).to(wanted.device)
    say_figures(WEIGHTS, reader, _measures(wanted))


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
        kept = make_examples(
            wanted.data, present_sources(wanted.data), bundled_kinds(), seed=0, kept=True
        )
        asked = held_out_questions(list(kept), most=_QUICKLY)
        found.append(Measures(name="held-out rows", asked=asked))
    return found


if __name__ == "__main__":
    sys.exit(main())
