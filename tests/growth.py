"""How the CPU time of something grows with its input: the test of what has to stay linear."""

import time
from collections.abc import Callable


def growth_of_time(run: Callable[[str], object], make: Callable[[int], str], count: int) -> float:
    """Return how much longer twice ``count`` takes than ``count``: 2 if linear, 4 if quadratic.

    Of three times in turn the least counts, so that what else the machine does matters little.
    """
    once, twice = make(count), make(2 * count)
    run(make(2))  # what is made when it is first needed
    times = [(_seconds(run, once), _seconds(run, twice)) for _ in range(3)]
    return min(second for _, second in times) / min(first for first, _ in times)


def _seconds(run: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    run(text)
    return time.process_time() - started
