"""What tests need where several processes run them (pytest-xdist): an order, and to be alone.

A test marked ``alone`` measures time or memory, or counts on being the only one at work: it waits
until no other test runs, and no other starts before it is done. Where one process runs all tests,
nothing is locked and nothing waits.

Two locks, as at a turnstile: every test passes the first to take the second, which ordinary tests
hold together and a lone one by itself. Who waits for the second still stands in the first, so that
those who come later cannot go on overtaking it.
"""

import fcntl
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with tests of minutes first and those with lone tests last, else leave the order.

    Were one of minutes begun last, the other processes would end long before it; while it runs, no
    lone test can.
    """
    lone = {item.path for item in items if item.get_closest_marker("alone")}
    long = {item.path for item in items if _limit(item) >= 600}
    items.sort(key=lambda item: (item.path in lone, item.path not in long))


def _limit(item: pytest.Item) -> float:
    marker = item.get_closest_marker("timeout")
    return float(marker.args[0]) if marker else 0.0


@pytest.hookimpl(wrapper=True, tryfirst=True)  # outermost: a time limit is not for the waiting
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test when it may run."""
    if not hasattr(item.config, "workerinput"):  # no worker of pytest-xdist
        return (yield)
    folder = Path(item.config.option.basetemp).parent  # which the workers share
    with _turn(folder, alone=item.get_closest_marker("alone") is not None):
        return (yield)


@contextmanager
def _turn(folder: Path, *, alone: bool) -> Iterator[None]:
    with ExitStack() as until_done:
        with _held(folder / "turnstile.lock", fcntl.LOCK_EX):
            running = _held(folder / "running.lock", fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            until_done.enter_context(running)
        yield


@contextmanager
def _held(path: Path, kind: int) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, kind)
        try:
            yield
        finally:  # closing is not enough: a process that the test forked has the file open too
            fcntl.flock(file, fcntl.LOCK_UN)
