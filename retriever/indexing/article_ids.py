"""The names of articles: no two in an index have the same."""

from dataclasses import replace

from retriever.records import Article


class ArticleIds:
    """The ids that were given so far, in the order in which articles come."""

    def __init__(self) -> None:
        """Begin without any."""
        self._used: set[str] = set()

    def unique(self, article: Article, stated_id: str) -> Article:
        """Give a second article with the same id a name of its own: none is lost."""
        article_id, copy = stated_id, 1
        while article_id in self._used:
            copy += 1
            article_id = f"{stated_id}~{copy}"
        self._used.add(article_id)
        return replace(article, id=article_id)
