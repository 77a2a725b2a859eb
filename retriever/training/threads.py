"""Sharing a machine: one thread while others are at work, all threads while it is quiet.

The threads of one matrix product wait for the slowest. Two threads on two cores learned from 39
windows a second alone and from 5 or 6 beside other programs; sharing, the same run mostly from 10
to 23, under loads that were not held alike.
"""

import time

import torch

_CROWDED = 0.7  # of what the threads could have run: below it, others are at work
_QUIET = 0.9
_SECONDS = 5.0  # between looks


class Threads:
    """How many threads compute; looked at again every few seconds."""

    def __init__(self, most: int) -> None:
        """Begin with all of them."""
        self._most = most
        self._use(most)

    def _use(self, count: int) -> None:
        torch.set_num_threads(count)
        self._count = count
        self._began, self._ran = time.monotonic(), time.process_time()

    def look(self) -> None:
        """Use one thread or all, by how much of the processor those in use were given."""
        passed = time.monotonic() - self._began
        if passed < _SECONDS:
            return
        given = (time.process_time() - self._ran) / passed / self._count
        if self._count > 1 and given < _CROWDED:
            self._use(1)
        elif self._count == 1 and given > _QUIET:
            self._use(self._most)
        else:
            self._use(self._count)
