"""What the page needs of an index, and what is made of one once for each of its generations."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from threading import Lock
from typing import Protocol, TypeVar

from retriever import Answer, Article, Coverage, Filters, Hit, LedgerEntry, Message

History = Sequence[Message | Mapping[str, str]]

# Questions answered at a time, by the page and by its tools; more wait in line. Answering keeps a
# processor busy: few suffice.
ANSWERED_AT_A_TIME = 8

_ALL = Filters()
T = TypeVar("T")


class Answerer(Protocol):
    """Anything that answers questions with quotes; :class:`retriever.Index` does.

    Its methods are called from several threads at once.
    """

    @property
    def coverage(self) -> Coverage:
        """What would be searched now."""
        ...

    def ask(
        self,
        question: str,
        *,
        history: History = (),
        filters: Filters = _ALL,
        without: Collection[str] = (),
    ) -> Answer:
        """Return the answer; ``history`` holds the turns before, oldest first.

        :raises QuotidianError: if the question cannot be asked or the index cannot answer.
        """
        ...

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        history: History = (),
        filters: Filters = _ALL,
        without: Collection[str] = (),
    ) -> list[Hit]:
        """Return the ``k`` passages that fit best; the parameters are those of :meth:`ask`."""
        ...

    def article(self, article_id: str) -> Article:
        """Return the stored article.

        :raises QuestionError: if there is none of that id.
        """
        ...

    def article_with_text(self, sha256: str) -> Article | None:
        """Return an article whose text has this SHA-256, in hex, if there is any."""
        ...

    def articles(self) -> Iterator[Article]:
        """Yield every stored article, in a fixed order."""
        ...

    def ledger(self) -> list[LedgerEntry]:
        """Return what came of every file of the corpus, sorted by path."""
        ...


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
