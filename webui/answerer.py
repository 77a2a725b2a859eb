"""What the page needs of an index."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from retriever import Answer, Article, Coverage, Message


class Answerer(Protocol):
    """Anything that answers questions with quotes; :class:`retriever.Index` does.

    Its methods are called from several threads at once.
    """

    @property
    def coverage(self) -> Coverage:
        """What would be searched now."""
        ...

    def ask(self, question: str, *, history: Sequence[Message | Mapping[str, str]] = ()) -> Answer:
        """Return the answer; ``history`` holds the turns before, oldest first.

        :raises QuotidianError: if the question cannot be asked or the index cannot answer.
        """
        ...

    def article(self, article_id: str) -> Article:
        """Return the stored article.

        :raises QuestionError: if there is none of that id.
        """
        ...

    def articles(self) -> Iterator[Article]:
        """Yield every stored article, in a fixed order."""
        ...
