"""Where a text was printed: by whom first, by whom again, and in which versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from retriever.records.articles import Article, describe
from retriever.records.dates import PartialDate

# Prints that a line names; the others it counts.
NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """An article that prints a text: what tells it from others; ``published`` is an ISO date."""

    id: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None

    @classmethod
    def of(cls, article: Article) -> "Print":
        """Return an article as a print of its text."""
        published = article.published.value if article.published else None
        return cls(
            id=article.id, title=article.title, publisher=article.publisher, published=published
        )

    def in_words(self) -> str:
        """Return who printed it when; the title where nobody is named, else the id."""
        who = self.publisher or self.title or self.id
        return f"{who}, {dated(self.published)}"

    def to_dict(self) -> dict[str, object]:
        """Return it as ``ask --json`` prints it."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "published": self.published,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Another version of a quoted article: ``later`` or earlier, with the quoted words or without.

    ``dated`` is when it was edited, else published, as an ISO date.
    """

    id: str
    title: str | None
    dated: str | None
    later: bool
    same_words: bool

    def in_words(self) -> str:
        """Return which version it is, and whether it has the words."""
        which = "a later version" if self.later else "an earlier version"
        said = "has these words too" if self.same_words else "does not have these words"
        return f"{which}, {dated(self.dated)}, {said}"

    def to_dict(self) -> dict[str, object]:
        """Return it as ``ask --json`` prints it."""
        return {
            "id": self.id,
            "title": self.title,
            "dated": self.dated,
            "later": self.later,
            "same_words": self.same_words,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """An article with all that print its text.

    ``origin`` is the article that printed it first, which may be the article itself; ``reprints``
    are what others print, one article each in its newest version, in the order of their dates;
    ``versions`` are all versions of the article itself, the oldest first, and itself among them.
    """

    article: Article
    origin: Article
    reprints: tuple[Article, ...]
    versions: tuple[Article, ...]

    def to_dict(self) -> dict[str, object]:
        """Return it as ``article --json`` prints it."""
        return {
            "origin": describe(self.origin),
            "reprints": [describe(one) for one in self.reprints],
            "versions": [
                {**describe(one), "updated": one.updated.value if one.updated else None}
                for one in self.versions
            ],
        }


def prints_in_words(own: Print, others: Sequence[Print]) -> str:
    """Return who printed a quoted text first, and who again: "first published by AP, …"."""
    if not others:
        return ""
    count = f"also in {len(others)} other article{'s' if len(others) > 1 else ''}"
    named = "; ".join(one.in_words() for one in others[:NAMED])
    more = f"; and {len(others) - NAMED} more" if len(others) > NAMED else ""
    if is_first(own, others):
        return f"first published by {own.in_words()}; {count}: {named}{more}"
    return f"{count}: {named}{more}"


def is_first(own: Print, others: Sequence[Print]) -> bool:
    """Tell whether a dated print is no later than any other."""
    dates = [one.published for one in others if one.published]
    return own.published is not None and all(own.published <= one for one in dates)


def dated(published: str | None) -> str:
    """Return an ISO date as people write it."""
    if published is None:
        return "undated"
    try:
        return PartialDate.parse(published).in_words()
    except ValueError:  # a saved answer may hold anything
        return published
