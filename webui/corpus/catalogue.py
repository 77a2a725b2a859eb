"""What the corpus holds, article by article, as the filter bar and the corpus tab show it.

Read from the index once for each generation: the texts themselves are not kept.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from retriever import Article, Index, LedgerEntry
from webui.byline import display_name, place_key

ARTICLE, DUPLICATE, FAILED = "article", "duplicate", "failed"
# No state of its own: any entry with warnings.
REMARKED = "remarked"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """An article, or a source file that gave none, and what is known about it.

    ``state`` is ``article``, ``duplicate``, ``skipped`` or ``failed``; all but the first have a
    ``reason``, the last two no ``id``. ``name`` is the title or what stands for it, ``characters``
    the length of the text; ``warnings`` say what of the file's own statements was not believed.
    """

    path: str
    state: str = ARTICLE
    id: str | None = None
    name: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    characters: int = 0
    reason: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def key(self) -> str | None:
        """What opens the article from its beginning."""
        return place_key(self.id, 0, 0) if self.id is not None else None

    def to_dict(self) -> dict[str, object]:
        """Return it as programs get it."""
        return {**asdict(self), "warnings": list(self.warnings)}


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Every entry, in the order of the corpus, and what can be chosen among them."""

    entries: tuple[CatalogueEntry, ...]

    @cached_property
    def articles(self) -> tuple[CatalogueEntry, ...]:
        """The entries that are articles, duplicates included."""
        return tuple(entry for entry in self.entries if entry.id is not None)

    @cached_property
    def publishers(self) -> tuple[tuple[str, int], ...]:
        """Each publisher and how many articles it has, most first, equal ones by name."""
        return _counted(entry.publisher for entry in self.articles)

    @cached_property
    def languages(self) -> tuple[tuple[str, int], ...]:
        """Each language and how many articles are in it, most first."""
        return _counted(entry.language for entry in self.articles)

    @cached_property
    def states(self) -> tuple[tuple[str, int], ...]:
        """Each state and how many entries are in it, most first, and how many have warnings."""
        remarked = sum(bool(entry.warnings) for entry in self.entries)
        states = _counted(entry.state for entry in self.entries)
        return (*states, (REMARKED, remarked)) if remarked else states

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The publication dates, as exact as each is known, in order."""
        return tuple(sorted(entry.published for entry in self.articles if entry.published))


def read_catalogue(index: Index) -> Catalogue:
    """Return what the index holds now."""
    articles = {article.id: article for article in index.articles()}
    return Catalogue(
        entries=tuple(entry for seen in index.ledger() for entry in _file_entries(seen, articles))
    )


def _file_entries(seen: LedgerEntry, articles: Mapping[str, Article]) -> Iterator[CatalogueEntry]:
    """Yield what a file gave, article by article; then what of it gave nothing, if anything."""
    given = [articles[name] for name in seen.articles if name in articles]
    reason = seen.reason if seen.state == DUPLICATE else None
    for article in given:
        yield _article_entry(article, state=seen.state, reason=reason)
    if not given or (seen.state == ARTICLE and seen.reason):
        state = FAILED if given else seen.state
        yield CatalogueEntry(path=seen.path, state=state, reason=seen.reason)


def _article_entry(article: Article, *, state: str, reason: str | None) -> CatalogueEntry:
    return CatalogueEntry(
        path=article.path,
        state=state,
        id=article.id,
        name=display_name(article),
        title=article.title,
        author=article.author,
        publisher=article.publisher,
        published=article.published.value if article.published else None,
        language=article.language,
        characters=len(article.text),
        reason=reason,
        warnings=article.warnings,
    )


def _counted(values: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for value in values if value)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
