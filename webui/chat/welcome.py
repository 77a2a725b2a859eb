"""The empty page: what there is to ask of, and what could be asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from retriever import Coverage
from webui.corpus.catalogue import ARTICLE, Catalogue, CatalogueEntry
from webui.wording import ALL_ARTICLES, NEWEST_ARTICLES, SOME_ARTICLES, dates_in_words

# As many titles as tell what a corpus is about without becoming a list to read.
_TITLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """What the corpus is, in a line, some questions that it answers, and some of its articles.

    ``articles_are`` says which they are: all, the newest, or any.
    """

    coverage: Coverage
    publishers: tuple[str, ...]
    dates: str
    examples: tuple[str, ...]
    articles: tuple[CatalogueEntry, ...]
    articles_are: str


def make_welcome(coverage: Coverage, held: Catalogue, examples: Sequence[str]) -> Welcome:
    """Return the empty page's content; the newest articles come first, undated ones last."""
    once = [entry for entry in held.articles if entry.state == ARTICLE]
    newest = sorted(once, key=lambda entry: entry.published or "", reverse=True)
    some = NEWEST_ARTICLES if newest and newest[0].published else SOME_ARTICLES
    return Welcome(
        coverage=coverage,
        publishers=tuple(name for name, _ in held.publishers),
        dates=dates_in_words(coverage),
        examples=tuple(examples),
        articles=tuple(newest[:_TITLES]),
        articles_are=some if len(newest) > _TITLES else ALL_ARTICLES,
    )
