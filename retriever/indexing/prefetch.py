"""An iterator that runs in a thread of its own, some of what it gives ahead of who takes it."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, wait
from contextlib import closing
from threading import Condition, Thread
from types import TracebackType
from typing import Generic, TypeVar

from retriever.corpus import interrupt

# Seconds between two looks at whether a thread that shall stop has stopped.
MOMENT = 0.05
# Seconds after which it is left to stop by itself: cutting an article of 20 MB takes half a minute,
# which nobody waits for who has pressed Ctrl-C.
LEFT_AFTER = 1.0

T = TypeVar("T")


class Prefetcher(Generic[T]):
    """Runs an iterator ahead; use as a context manager, which ends the thread.

    The order is that of the iterator. What it raises is raised where its next item would be. Once
    the block is left, however that comes, no process of it is at work any more, and no thread but
    one that works long on a single item: that one ends with the item, which nobody gets, or with
    the program.
    """

    def __init__(
        self, items: Generator[T, None, None], *, most: int, weight: Callable[[T], int]
    ) -> None:
        """Run ``items`` until what was not taken yet weighs ``most``, then wait."""
        self._items, self._most, self._weight = items, most, weight
        self._changed = Condition()
        self._held: deque[T] = deque()
        self._heavy = 0
        self._stopped = False
        self._done: Future[None] = Future()
        # A pool's threads would be waited for at the end of the program.
        self._thread = Thread(target=self._run, name="ahead", daemon=True)

    def __enter__(self) -> "Prefetcher[T]":
        """Start the thread."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the thread, whatever it waits for, and wait until it is gone or left to itself."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        until = time.monotonic() + LEFT_AFTER
        while not self._done.done() and time.monotonic() < until:
            if self._thread.ident is not None:
                interrupt(self._thread.ident)  # again: it may just have begun with another file
            wait([self._done], timeout=MOMENT)
        if self._done.done():
            self._thread.join()

    def items(self, patience: Callable[[], float]) -> Iterator[T | None]:
        """Yield each item, and None whenever none came within ``patience()`` seconds."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._held or self._done.done(), timeout=patience())
                # All at once: 1,200 unchanged articles take 0.4 s of processor time so, and 0.65 s
                # where the threads wake each other for each.
                taken, self._held, self._heavy = self._held, deque(), 0
                self._changed.notify_all()
                if not taken and self._done.done():
                    break
            if not taken:
                yield None
            while taken:
                yield taken.popleft()
        self._done.result()

    def _run(self) -> None:
        try:
            self._give()
            self._done.set_result(None)
        except BaseException as error:  # noqa: BLE001  # raised where the items are taken
            self._done.set_exception(error)
        with self._changed:
            self._changed.notify_all()

    def _give(self) -> None:
        with closing(self._items) as items:
            for item in items:
                if not self._hold(item):
                    return

    def _hold(self, item: T) -> bool:
        """Keep an item until it is taken, once there is room; return whether to go on."""
        with self._changed:
            self._changed.wait_for(lambda: self._heavy < self._most or self._stopped)
            if not self._stopped:
                self._held.append(item)
                self._heavy += self._weight(item)
                self._changed.notify_all()
            return not self._stopped
