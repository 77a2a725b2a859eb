"""Articles in memory, as an index gives them, for what a notebook is checked against."""

from collections.abc import Sequence

from retriever.errors import QuestionError
from retriever.records import Article
from tests.makers import make_article

TEXT = (
    "The treaty was signed in 2001. It was renewed in 2021.\n\n“We will keep it,” said Ada Reyes."
)
TREATY = make_article(
    TEXT,
    id="treaty.txt",
    path="treaty.txt",
    title="A treaty",
    author="B. Writer",
    publisher="The Paper",
    url="https://paper.example/treaty",
)


class Shelf:
    """Articles that a test changes between two looks at them."""

    def __init__(self, *articles: Article) -> None:
        """Hold these."""
        self.held = {article.id: article for article in articles}

    def article(self, article_id: str) -> Article:
        """Return the article of an id."""
        if article_id not in self.held:
            raise QuestionError(f"no article with the id {article_id!r}")
        return self.held[article_id]

    def article_with_text(self, sha256: str) -> Article | None:
        """Return one of this text."""
        return next((one for one in self.held.values() if one.sha256 == sha256), None)

    def articles_at(self, path: str) -> Sequence[Article]:
        """Return those of one file."""
        return [one for one in self.held.values() if one.path == path]


def revised(text: str, **changes: str) -> Article:
    """Return the treaty's article with another text."""
    known = {"id": "treaty.txt", "path": "treaty.txt", "title": "A treaty"} | changes
    return make_article(text, **known)
