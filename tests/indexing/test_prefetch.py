"""Running an iterator ahead: the same items in the same order, bounded, and ended at any moment."""

import threading
import time
from collections.abc import Callable, Generator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.indexing import prefetch as ahead_of
from retriever.indexing.prefetch import Prefetcher

SOON = 20.0


def ahead(
    items: Generator[int, None, None],
    *,
    most: int = 100,
    cancel: Callable[[], None] = lambda: None,
) -> Prefetcher[int]:
    return Prefetcher(items, most=most, weight=lambda number: number, cancel=cancel)


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("prefetch")]


def given_by(numbers: list[int]) -> Generator[int, None, None]:
    yield from numbers


def wait_until(found: threading.Event) -> None:
    assert found.wait(SOON)


@given(numbers=st.lists(st.integers(0, 9), max_size=40), most=st.integers(1, 12))
def test_what_comes_is_what_the_iterator_gives(numbers: list[int], most: int) -> None:
    with ahead(given_by(numbers), most=most) as running:
        found = [item for item in running.items(lambda: 1.0) if item is not None]
    assert found == numbers
    assert threads() == []


def test_nothing_is_said_while_nothing_comes() -> None:
    go_on = threading.Event()

    def waiting() -> Generator[int, None, None]:
        wait_until(go_on)
        yield 1

    with ahead(waiting()) as running:
        items = running.items(lambda: 0.01)
        assert [next(items), next(items)] == [None, None]
        go_on.set()
        assert [item for item in items if item is not None] == [1]


def test_no_more_is_held_than_allowed() -> None:
    """The fifth of weight 3 has to wait: until then 10 were not reached."""
    given, fifth = [], threading.Event()

    def counting() -> Generator[int, None, None]:
        for number in range(9):
            given.append(number)
            if number == 4:
                fifth.set()
            yield 3

    with ahead(counting(), most=10) as running:
        wait_until(fifth)
        time.sleep(0.05)
        assert given == [0, 1, 2, 3, 4]
        assert [item for item in running.items(lambda: 1.0) if item] == [3] * 9


def test_an_error_comes_once_and_after_what_came_before_it() -> None:
    def failing() -> Generator[int, None, None]:
        yield 1
        yield 2
        raise OSError("the disk is gone")

    with ahead(failing()) as running:
        items = (item for item in running.items(lambda: 1.0) if item)
        assert [next(items), next(items)] == [1, 2]
        with pytest.raises(OSError, match="the disk is gone"):
            next(items)
    assert threads() == []


@pytest.mark.parametrize("most", [1, 1000])
def test_who_leaves_early_ends_the_thread_and_closes_the_iterator(most: int) -> None:
    closed = threading.Event()

    def endless() -> Generator[int, None, None]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    with suppress(KeyboardInterrupt), ahead(endless(), most=most) as running:
        for item in running.items(lambda: 1.0):
            if item:
                raise KeyboardInterrupt
    assert closed.is_set()
    assert threads() == []


def test_a_long_item_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cutting an enormous article cannot be interrupted: Ctrl-C does not wait until it is cut."""
    monkeypatch.setattr(ahead_of, "LEFT_AFTER", 0.1)
    begun, go_on, closed = threading.Event(), threading.Event(), threading.Event()
    given = []

    def long() -> Generator[int, None, None]:
        try:
            begun.set()
            wait_until(go_on)
            for number in range(9):
                given.append(number)
                yield number
        finally:
            closed.set()

    with suppress(KeyboardInterrupt), ahead(long()):
        wait_until(begun)
        raise KeyboardInterrupt
    assert not closed.is_set()
    assert all(thread.daemon for thread in threading.enumerate() if thread.name == "prefetch")
    go_on.set()
    wait_until(closed)
    assert given == [0]


def test_what_the_iterator_waits_for_is_cancelled() -> None:
    cancelled = threading.Event()

    def waiting() -> Generator[int, None, None]:
        wait_until(cancelled)
        yield 1

    with suppress(KeyboardInterrupt), ahead(waiting(), cancel=cancelled.set):
        raise KeyboardInterrupt
    assert threads() == []
