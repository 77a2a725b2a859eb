"""What is made of an index once for each of its generations."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from retriever import Index

T = TypeVar("T")


def once_a_generation(index: Index, make: Callable[[Index], T]) -> Callable[[], T]:
    """Return a function that gives what ``make`` made of the index generation in use.

    Threads that ask while it is being made wait for it.
    """
    made: dict[int, T] = {}
    lock = Lock()

    def remembered() -> T:
        generation = index.coverage.generation
        with lock:
            if generation not in made:
                made.clear()
                made[generation] = make(index)
            return made[generation]

    return remembered
