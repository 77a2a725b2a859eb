"""What is listed of a corpus: its articles, and the files that gave none."""

from dataclasses import asdict, dataclass, field

from retriever.records.questions import Filters

ARTICLE, DUPLICATE, SKIPPED, FAILED = "article", "duplicate", "skipped", "failed"
# No state of its own: any entry with warnings.
REMARKED = "remarked"
STATES = (ARTICLE, DUPLICATE, SKIPPED, FAILED, REMARKED)

SORTINGS = ("path", "title", "author", "publisher", "published", "characters", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """An article, or a source file that gave none, and what is known about it.

    ``state`` is ``article``, ``duplicate``, ``skipped`` or ``failed``; all but the first have a
    ``reason``, the last two no ``id``. ``name`` is the title or what stands for it, ``characters``
    the length of the text, ``bytes`` that of its UTF-8; ``warnings`` say what of the file's own
    statements was not believed.
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
    bytes: int = 0
    reason: str | None = None
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return it as programs get it."""
        return {**asdict(self), "warnings": list(self.warnings)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """What to list: entries that hold all ``words``, pass the filters and are in a state.

    Empty lets all through. ``sort`` is one of :data:`SORTINGS`, with a minus before it the other
    way round; what is not known comes last either way, and ties stand as in the corpus. ``offset``
    are left out at the beginning, and without a ``limit`` all others come.
    """

    words: str = ""
    filters: Filters = field(default_factory=Filters)
    state: str = ""
    sort: str = "path"
    offset: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """Some of the entries that a request finds; ``found`` counts all of them.

    ``total`` is how many there are of anything, ``in_text`` how many of those found hold one of
    the words in their text alone.
    """

    rows: tuple[CatalogueEntry, ...]
    request: ListRequest
    found: int
    total: int
    in_text: int = 0

    def to_dict(self) -> dict[str, object]:
        """Return it as programs get it."""
        return {
            "found": self.found,
            "total": self.total,
            "in_text": self.in_text,
            "offset": self.request.offset,
            "articles": [row.to_dict() for row in self.rows],
        }
