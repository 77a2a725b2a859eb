"""What is listed where a question is about the articles themselves: names, and in how many."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class ListingKind(StrEnum):
    """What is listed."""

    HEADLINES = "headlines"
    PEOPLE = "people"
    AUTHORS = "authors"
    PUBLISHERS = "publishers"
    MENTIONS = "mentions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A name or a headline, in how many articles it stands, and where in one of them.

    ``article`` is that one's id, ``start`` and ``end`` the place of the name in its text, both 0
    for what the article states elsewhere: its headline, its author, its publisher.
    """

    name: str
    articles: int
    article: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What an answer lists beside its quotes.

    ``articles`` counts those that the question is about, ``read`` how many of them were looked
    at. ``entries`` are the first of ``total``: names by falling number of articles, headlines in
    the order of the quotes and then by date, newest first if ``latest`` was asked. Of mentions
    there are no entries: ``total`` counts them, and ``articles`` those that have any.
    """

    kind: ListingKind
    entries: tuple[Listed, ...]
    total: int
    articles: int
    read: int
    latest: bool = False

    def to_dict(self) -> dict[str, object]:
        """Return the listing as ``ask --json`` prints it."""
        return {
            "kind": str(self.kind),
            "entries": [asdict(entry) for entry in self.entries],
            "total": self.total,
            "articles": self.articles,
            "read": self.read,
            "latest": self.latest,
        }
