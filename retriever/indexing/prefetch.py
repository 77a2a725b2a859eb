"""An iterator that runs in a thread of its own, some of what it gives ahead of who takes it."""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, wait
from contextlib import closing
from threading import Condition, Thread
from types import TracebackType
from typing import Generic, TypeVar

# Seconds after which a thread that shall stop is left to do so by itself: cutting an article of
# 20 MB takes half a minute, which nobody waits for who has pressed Ctrl-C.
LEFT_AFTER = 1.0

T = TypeVar("T")


class Prefetcher(Generic[T]):
    """Runs an iterator ahead; use as a context manager, which ends the thread.

    The order is that of the iterator. What it raises is raised where its next item would be. Once
    the block is left, however that comes, no thread is at work any more but one that works long on
    a single item: that one ends with the item, which nobody gets, or with the program.
    """

    def __init__(
        self,
        items: Generator[T, None, None],
        *,
        most: int,
        weight: Callable[[T], int],
        cancel: Callable[[], None],
    ) -> None:
        """Run ``items`` until what was not taken yet weighs ``most``, then wait.

        ``cancel`` ends what the iterator waits for, once nobody takes its items any more.
        """
        self._items, self._most, self._weight, self._cancel = items, most, weight, cancel
        self._changed = Condition()
        self._held: deque[T] = deque()
        self._heavy = 0
        self._stopped = False
        self._done: Future[None] = Future()
        # A pool's threads would be waited for at the end of the program.
        self._thread = Thread(target=self._run, name="prefetch", daemon=True)

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
        self._cancel()
        wait([self._done], timeout=LEFT_AFTER)
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
