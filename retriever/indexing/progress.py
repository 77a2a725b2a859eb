"""How far a build is, as it tells whoever waits for it."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

# Seconds that a pace is taken over: it follows a machine that gets busy, and no single batch.
PACE_OVER = 60.0
# Seconds before a pace is told, and between two moments that it is taken from.
PACE_FROM, PACE_BETWEEN = 2.0, 0.5


class Stage(StrEnum):
    """What a build is at; the stages come in this order, those with nothing to do are left out."""

    READING = "reading"
    EMBEDDING = "embedding"
    ENCODING_TITLES = "encoding titles"
    INDEXING_WORDS = "indexing words"
    FINDING_REPRINTS = "finding reprints"
    COMPARING_TEXTS = "comparing texts"
    CALIBRATING = "calibrating"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far something long is: ``done`` of ``total`` in a stage; ``total`` is None while unknown.

    The stages of a build are those of :class:`Stage`; a merge begins with ``merging`` in place of
    the first two. While files are read, ``articles`` counts what they gave so far, and ``encoded``
    the passages that were encoded beside; ``embedding`` then begins with those. ``per_second`` is
    how many were done in each second of the last minute, while files are read: encoded;
    ``seconds_left`` is what the stage takes at that pace. Both are None while unknown.
    """

    stage: str
    done: int
    total: int | None
    articles: int = 0
    encoded: int = 0
    per_second: float | None = None
    seconds_left: float | None = None


def paced(
    tell: Callable[[Progress], None], clock: Callable[[], float] = time.monotonic
) -> Callable[[Progress], None]:
    """Return what tells progress on, with its pace; ``clock`` gives seconds."""
    kind, pace, last = "", Pace(clock), Progress(stage="", done=0, total=None)

    def told(step: Progress) -> None:
        nonlocal kind, pace, last
        if step.stage == Stage.CALIBRATING:  # one thing, which is done or not
            tell(step)
            return
        same = replace(last, per_second=None, seconds_left=None) == step
        if same and step.done == step.total:  # told again while what was counted is written
            tell(last)
            return
        reading = step.stage == Stage.READING
        # What is encoded beside reading goes on to be encoded in the stage after it.
        now = Stage.EMBEDDING if reading else step.stage
        if now != kind:
            kind, pace = now, Pace(clock)
        per_second = pace.at(step.encoded if reading else step.done)
        left = None
        if per_second and step.total is not None and not reading:
            left = (step.total - step.done) / per_second
        last = replace(step, per_second=per_second, seconds_left=left)
        tell(last)

    return told


class Pace:
    """How fast something goes on."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin now."""
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def at(self, done: int) -> float | None:
        """Note how much is done; return how much is in a second, None until that can be told."""
        now = self._clock()
        if not self._seen or now - self._seen[-1][0] >= PACE_BETWEEN:
            self._seen.append((now, done))
        while len(self._seen) > 1 and now - self._seen[1][0] >= PACE_OVER:
            self._seen.popleft()
        since, before = self._seen[0]
        return (done - before) / (now - since) if now - since >= PACE_FROM else None
