"""What an index was made from, and what came of every file."""

from dataclasses import dataclass
from typing import Literal

# An answer goes with the coverage: 30,000 names of bad members of one archive made it 3.7 MB.
MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A source file, or a record in one, that could not be read, and why.

    ``passing`` tells that the fault is the machine's and not the file's: a full disk, too many open
    files. The file is read again by the next build.
    """

    path: str
    reason: str
    passing: bool = False


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
    ``origins`` counts reprints and versions of one text once, ``None`` where that is not known.
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
    origins: int | None = None

    def to_dict(self) -> dict[str, object]:
        """Return the coverage as ``ask --json`` prints it.

        Of what could not be read it names the first :data:`MOST_NAMED` and says how many there are;
        the ledger has all.
        """
        return {
            "articles": self.articles,
            "passages": self.passages,
            "publishers": self.publishers,
            "undated": self.undated,
            "earliest": self.earliest,
            "latest": self.latest,
            "failed": [{"path": f.path, "reason": f.reason} for f in self.failed[:MOST_NAMED]],
            "failures": len(self.failed),
            "built": self.built,
            "generation": self.generation,
            "warning": self.warning,
            "origins": self.origins,
        }
