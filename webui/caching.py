"""What is made of an index once for each of its generations."""

from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from webui.chat.answerer import Answerer

T = TypeVar("T")


def once_a_generation(answerer: Answerer, make: Callable[[Answerer], T]) -> Callable[[], T]:
    """Return a function that gives what ``make`` made of the index generation in use.

    Threads that ask while it is being made wait for it.
    """
    made: dict[int, T] = {}
    lock = Lock()

    def remembered() -> T:
        generation = answerer.coverage.generation
        with lock:
            if generation not in made:
                made.clear()
                made[generation] = make(answerer)
            return made[generation]

    return remembered
