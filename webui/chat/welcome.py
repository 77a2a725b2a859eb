"""The empty page: what there is to ask of, and what could be asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from retriever import Catalogue, CatalogueEntry, Coverage, ListRequest
from webui.holdings import dates_in_words
from webui.wording import ALL_ARTICLES, NEWEST_ARTICLES, SOME_ARTICLES

# As many titles as tell what a corpus is about without becoming a list to read.
_TITLES = 3
_NEWEST = ListRequest(state="article", sort="-published", limit=_TITLES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """What the corpus is, in a line, some questions that it answers, and some of its articles.

    ``examples`` is ``None`` while they are looked for. ``articles_are`` says which articles they
    are: all, the newest, or any.
    """

    coverage: Coverage
    publishers: tuple[str, ...]
    dates: str
    examples: tuple[str, ...] | None
    articles: tuple[CatalogueEntry, ...]
    articles_are: str


def make_welcome(coverage: Coverage, held: Catalogue, examples: Sequence[str] | None) -> Welcome:
    """Return the empty page's content; the newest articles come first, undated ones last."""
    page = held.page(_NEWEST)
    some = NEWEST_ARTICLES if page.rows and page.rows[0].published else SOME_ARTICLES
    return Welcome(
        coverage=coverage,
        publishers=tuple(name for name, _ in held.publishers),
        dates=dates_in_words(coverage),
        examples=None if examples is None else tuple(examples),
        articles=page.rows,
        articles_are=some if page.found > _TITLES else ALL_ARTICLES,
    )
