"""How far something long is, on standard error: bars on a terminal, lines elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from retriever.indexing.progress import Progress

if TYPE_CHECKING:
    from tqdm import tqdm

# Seconds between two lines about a stage that lasts, where there is no terminal to draw a bar on.
TOLD_EVERY = 10.0
MINUTE = 60
# Without tqdm's own pace, which counts files while passages are encoded.
BAR = "{desc}: {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt}{postfix}"
# Seconds between two drawings of a bar that stands still, whose numbers move.
DRAWN_EVERY = 0.2


@contextmanager
def show_progress() -> Iterator[Callable[[Progress], None]]:
    """Give a callback that shows progress on standard error: a bar on a terminal, else lines."""
    if not sys.stderr.isatty():
        yield _Lines().show
        return
    bars = _Bars()
    try:
        yield bars.show
    finally:
        bars.close()


class _Bars:
    """A bar for each stage."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None

    def show(self, step: Progress) -> None:
        from tqdm import tqdm  # no question needs it

        if self._bar is None or step.stage != self._bar.desc:
            self.close()
            self._bar = tqdm(
                desc=step.stage,
                initial=step.done,
                total=step.total,
                file=sys.stderr,
                mininterval=DRAWN_EVERY,
                miniters=0,  # or it would be drawn only when it grows
                bar_format=None if step.total is None else BAR,
            )
        self._bar.set_postfix_str(_beside(step), refresh=False)
        self._bar.update(step.done - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()


class _Lines:
    """A line when a stage begins and ends, and now and then meanwhile."""

    def __init__(self) -> None:
        self._line, self._stage, self._told = "", "", 0.0

    def show(self, step: Progress) -> None:
        now = time.monotonic()
        due = step.done == step.total or now - self._told >= TOLD_EVERY
        if step.stage != self._stage or due:
            total = "" if step.total is None else f" of {step.total:,}"
            beside = f" ({_beside(step)})" if _beside(step) else ""
            line = f"{step.stage}: {step.done:,}{total}{beside}"
            if line != self._line:
                click.echo(line, err=True)
            self._line, self._stage, self._told = line, step.stage, now


def _beside(step: Progress) -> str:
    """Return what else is done in a stage: of a single large file, all that moves."""
    articles = f"{step.articles:,} articles" if step.articles else ""
    encoded = f"{step.encoded:,} passages encoded" if step.encoded else ""
    pace = f"{step.per_second:,.1f} a second" if step.per_second else ""
    left = f"{_duration(step.seconds_left)} left" if step.seconds_left else ""
    return ", ".join(part for part in (articles, encoded, pace, left) if part)


def _duration(seconds: float) -> str:
    """Return a time as people say it, as exact as an estimate is: 40 s, 12 min, 3 h 20 min."""
    if seconds < MINUTE:
        return f"{max(seconds, 1):.0f} s"
    hours, minutes = divmod(round(seconds / MINUTE), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
