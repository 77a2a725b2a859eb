"""Running what is asynchronous where a loop may run already, as Playwright's does."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

_T = TypeVar("_T")


def in_a_loop(doing: Callable[[], Coroutine[Any, Any, _T]]) -> _T:
    """Return what the coroutine returns, run in a loop and a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(doing())).result()


def in_a_thread(doing: Callable[[], _T]) -> _T:
    """Return what the function returns, run where no loop runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(doing).result()
