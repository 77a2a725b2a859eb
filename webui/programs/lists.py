"""What programs can list: the articles, page by page, searched and sorted."""

from typing import Any

from retriever import Index, ListRequest
from webui.chat.question import read_filters


class ListActions:
    """The actions that list what an index holds; errors and docstrings as in :class:`Actions`."""

    def __init__(self, index: Index) -> None:
        """Answer from this index."""
        self._index = index

    def articles(
        self,
        query: str = "",
        filters: dict[str, str] | None = None,
        state: str = "",
        sort: str = "path",
        offset: int = 0,
        limit: int | None = None,
    ) -> list[dict[str, Any]]:
        """List articles, and files that gave none, with the reason; all of them by default.

        Args:
            query: Words that each holds, in its text or in what is known of it.
            filters: Any of publisher, author, language, after, before.
            state: Any of article, duplicate, skipped, failed, remarked.
            sort: Any of path, title, author, publisher, published, characters, state, with a minus
                before it the other way round; what is not known comes last either way.
            offset: How many to leave out at the beginning.
            limit: How many at most, all without it.

        Returns:
            Path, state, id, title, author, publisher, published, language, characters, bytes,
            reason and warnings of each.
        """
        listed = self.list_articles(query, filters, state, sort, offset, limit)
        found: list[dict[str, Any]] = listed["articles"]
        return found

    def list_articles(
        self,
        query: str = "",
        filters: dict[str, str] | None = None,
        state: str = "",
        sort: str = "-published",
        offset: int = 0,
        limit: int | None = 50,
    ) -> dict[str, Any]:
        """List a page of the articles, and of files that gave none, and count all that are found.

        Args:
            query: Words that each holds, in its text or in what is known of it.
            filters: Any of publisher, author, language, after, before.
            state: Any of article, duplicate, skipped, failed, remarked.
            sort: Any of path, title, author, publisher, published, characters, state, with a minus
                before it the other way round, as the newest first; what is not known comes last.
            offset: How many to leave out at the beginning.
            limit: How many at most.

        Returns:
            found, how many there are of the total; in_text, how many of them were found by words
            in their text alone; and articles, those of the page, as the endpoint articles has them.
        """
        request = ListRequest(
            words=query,
            filters=read_filters(filters),
            state=state,
            sort=sort,
            offset=offset,
            limit=limit,
        )
        return self._index.list_articles(request).to_dict()
