"""What an index was made from, and what came of every file."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source file, or a record in one, that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """What came of one file of the corpus, or of a part of one that has a path of its own.

    ``article``: it gave at least one text that no article before it has. ``duplicate``: every text
    that it gave stands in an article before it. ``skipped``: it was not looked into. ``failed``: it
    gave nothing. ``articles`` are the ids of what it gave, ``reason`` says what is skipped, failed
    or repeated; of a file that gave articles, what else in it failed.
    """

    path: str
    state: Literal["article", "duplicate", "skipped", "failed"]
    articles: tuple[str, ...] = ()
    reason: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the entry as ``build --json`` prints it."""
        return {
            "path": self.path,
            "state": self.state,
            "articles": list(self.articles),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was searched: an answer is only as good as the corpus behind it.

    ``earliest`` and ``latest`` are publication dates as :class:`Published` writes them, ``None``
    when no article is dated. ``built`` is when the index was published, UTC, ISO 8601.
    ``warning`` says why a newer generation, or the folder of this one, cannot be used.
    """

    articles: int
    passages: int
    publishers: int
    undated: int
    earliest: str | None
    latest: str | None
    failed: tuple[Failure, ...]
    built: str
    generation: int
    warning: str | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the coverage as ``ask --json`` prints it."""
        return {
            "articles": self.articles,
            "passages": self.passages,
            "publishers": self.publishers,
            "undated": self.undated,
            "earliest": self.earliest,
            "latest": self.latest,
            "failed": [{"path": f.path, "reason": f.reason} for f in self.failed],
            "built": self.built,
            "generation": self.generation,
            "warning": self.warning,
        }
