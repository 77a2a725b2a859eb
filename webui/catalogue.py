"""What the corpus holds, article by article, as the filter bar and the corpus tab show it.

Read from the index once for each generation: the texts themselves are not kept.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from threading import Lock

from retriever import Article
from webui.answerer import Answerer

ARTICLE, FAILED = "article", "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article, or a source file that gave none, and what is known about it.

    ``state`` is ``article``, ``duplicate``, ``skipped`` or ``failed``; all but the first have a
    ``reason`` and no ``id``. ``characters`` is the length of the text.
    """

    path: str
    state: str = ARTICLE
    id: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    characters: int = 0
    reason: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return it as programs get it."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Every entry, in the order of the corpus, and what can be chosen among them."""

    entries: tuple[Entry, ...]

    @cached_property
    def articles(self) -> tuple[Entry, ...]:
        """The entries that are articles."""
        return tuple(entry for entry in self.entries if entry.state == ARTICLE)

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
        """Each state and how many entries are in it, most first."""
        return _counted(entry.state for entry in self.entries)

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The publication dates, as exact as each is known, in order."""
        return tuple(sorted(entry.published for entry in self.articles if entry.published))


def catalogue_of(answerer: Answerer) -> Catalogue:
    """Return what the index holds now."""
    articles = [_entry(article) for article in answerer.articles()]
    failed = [
        Entry(path=failure.path, state=FAILED, reason=failure.reason)
        for failure in answerer.coverage.failed
    ]
    return Catalogue(entries=(*articles, *failed))


def remembered(answerer: Answerer) -> Callable[[], Catalogue]:
    """Return a function that gives the catalogue, read once for each index generation."""
    read: dict[int, Catalogue] = {}
    lock = Lock()

    def catalogue() -> Catalogue:
        generation = answerer.coverage.generation
        with lock:
            if generation not in read:
                read.clear()
                read[generation] = catalogue_of(answerer)
            return read[generation]

    return catalogue


def _entry(article: Article) -> Entry:
    return Entry(
        path=article.path,
        id=article.id,
        title=article.title,
        author=article.author,
        publisher=article.publisher,
        published=article.published.value if article.published else None,
        language=article.language,
        characters=len(article.text),
    )


def _counted(values: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    counts = Counter(value for value in values if value)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
