"""The list beside an answer's quotes: names or headlines, each with the place that it opens."""

from collections.abc import Iterator
from dataclasses import dataclass

from retriever import Answer, Article, Index, Listed, Listing, QuestionError
from webui.byline import place_key


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownName:
    """A name, in how many articles it stands, and the key of the place that shows it.

    Of a headline there is the date instead, ISO, where it is known.
    """

    name: str
    articles: int | None
    published: str | None
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """What is listed, as it is shown: ``names`` without the headlines of what is quoted."""

    listing: Listing
    names: tuple[ShownName, ...]

    @property
    def left_out(self) -> int:
        """How many names there are that are not shown; of headlines nothing is said."""
        return 0 if self.listing.kind == "headlines" else self.listing.total - len(self.names)


def make_list(answer: Answer, index: Index) -> ShownList | None:
    """Return an answer's list; of it, what still stands in the stored articles."""
    listing = answer.listing
    return ShownList(listing=listing, names=tuple(_names(answer, index))) if listing else None


def _names(answer: Answer, index: Index) -> Iterator[ShownName]:
    listing = answer.listing
    headlines = listing is not None and listing.kind == "headlines"
    quoted = {quote.article.id for quote in answer.quotes} if headlines else set()
    for entry in listing.entries if listing else ():
        try:
            article = index.article(entry.article)
        except QuestionError:  # gone since
            continue
        if entry.article in quoted or not _stands(entry, article):
            continue
        yield ShownName(
            name=entry.name,
            articles=None if headlines else entry.articles,
            published=article.published.value if headlines and article.published else None,
            key=place_key(entry.article, entry.start, entry.end),
        )


def _stands(entry: Listed, article: Article) -> bool:
    """Tell whether a name that is quoted from the text stands where it is said to."""
    return entry.end == 0 or article.text[entry.start : entry.end] == entry.name
