"""What the page needs of an index."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from retriever import Answer, Article, Coverage, Filters, Hit, LedgerEntry, Message

History = Sequence[Message | Mapping[str, str]]

_ALL = Filters()


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
