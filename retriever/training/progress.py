"""Telling how a run goes: its loss and speed, and how well it reads by now."""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from retriever.training.loop import Training, take_weights, taken_weights
from retriever.training.measure import figures
from retriever.training.measured_questions import MeasuredQuestion
from retriever.training.network import ReaderNetwork, bundled_tokeniser
from retriever.training.predictions import read
from retriever.training.threads import Threads

_SAVING, _TELLING, _MEASURING = 240, 60, 1200  # seconds between


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """A named set of questions to measure on."""

    name: str
    asked: Sequence[MeasuredQuestion]


class Watch:
    """Told after every batch; tells, keeps checkpoints and measures when it is time to."""

    def __init__(
        self,
        keep: Callable[[Training], None],
        measures: Sequence[Measures],
        threads: Threads | None = None,
    ) -> None:
        """Call ``keep`` now and then, measure on ``measures``, look after ``threads``."""
        self._keep, self._measures, self._threads = keep, measures, threads
        self._saving, self._telling = _Clock(_SAVING), _Clock(_TELLING)
        self._measuring = _Clock(_MEASURING)
        self._losses: list[Tensor] = []

    def __call__(self, training: Training, loss: Tensor) -> None:
        """Take note of the loss of a batch."""
        if self._threads:
            self._threads.look()
        self._losses.append(loss)
        if seconds := self._telling.rung():
            speed = len(self._losses) * training.settings.batch / seconds
            mean = torch.stack(self._losses).mean().item()
            steps = f"batch {training.step} of {training.settings.steps}"
            say(f"{steps}: loss {mean:.4f}, {speed:.1f} windows a second")
            self._losses = []
        if self._saving.rung():
            self._keep(training)
        if self._measures and self._measuring.rung():
            self._measure(training)

    def _measure(self, training: Training) -> None:
        """Measure the averaged weights, which are what ships, and put the others back."""
        now = taken_weights(training.reader)
        take_weights(training.reader, training.average)
        say_figures(f"batch {training.step}", training.reader, self._measures)
        take_weights(training.reader, now)
        training.reader.train()


def say_figures(name: str, reader: ReaderNetwork, measures: Sequence[Measures]) -> None:
    """Write how well the reader does on each set, a line each."""
    for one in measures:
        found = read(reader, bundled_tokeniser(), one.asked)
        say(f"{name}: {one.name}: {figures(one.asked, found)}")


def say(line: str) -> None:
    """Write a line with the time of day."""
    sys.stdout.write(f"{time.strftime('%H:%M:%S')} {line}\n")
    sys.stdout.flush()


class _Clock:
    """Rings when so many seconds have passed since it last did."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began = time.monotonic()

    def rung(self) -> float | None:
        """Return the seconds since it last rang if it rings, and begin anew."""
        passed = time.monotonic() - self._began
        if passed < self._seconds:
            return None
        self._began = time.monotonic()
        return passed
