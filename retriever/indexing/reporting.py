"""What is told of a build in the end: what it did, and what came of every file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from retriever.corpus import Skipped
from retriever.encoders.profiles import known_profile
from retriever.index.manifest import Manifest
from retriever.index.store import Store
from retriever.indexing.ledger import ledger_of
from retriever.records import Failure, LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    ``failed`` lists what could not be read, and why; ``ledger`` every file that was seen, with what
    came of it; ``redone`` is empty when only changes were, and else as in :class:`Manifest`.
    ``calibrated`` is false where nothing tells what the encoder's cosines mean.
    """

    articles: int
    passages: int
    embedded: int
    reused: int
    seconds: float
    generation: int
    failed: tuple[Failure, ...]
    redone: Mapping[str, str]
    ledger: tuple[LedgerEntry, ...]
    calibrated: bool

    def to_dict(self) -> dict[str, object]:
        """Return the report as ``build --json`` prints it."""
        return {
            "articles": self.articles,
            "passages": self.passages,
            "embedded": self.embedded,
            "reused": self.reused,
            "seconds": round(self.seconds, 3),
            "generation": self.generation,
            "failed": [{"path": f.path, "reason": f.reason} for f in self.failed],
            "redone": dict(self.redone),
            "ledger": [entry.to_dict() for entry in self.ledger],
            "calibrated": self.calibrated,
        }


def build_report(made: Manifest, store: Store, embedded: int) -> BuildReport:
    """Return what came of the build of a generation; how long it took is not known here."""
    known = known_profile(made.fingerprint) or made.calibration.profile
    return BuildReport(
        articles=made.articles,
        passages=made.passages,
        embedded=embedded,
        reused=made.passages - embedded,
        seconds=0.0,
        generation=made.generation,
        failed=store.failures(),
        redone=made.redone,
        ledger=tuple(ledger_of(store)),
        calibrated=known is not None,
    )


def report_unchanged(
    made: Manifest, store: Store, skipped: Iterable[Skipped] | None = None
) -> BuildReport:
    """Return what came of a build that left the generation in use; ``skipped`` is seen anew."""
    kept = build_report(made, store, embedded=0)
    return replace(kept, redone={}, ledger=tuple(ledger_of(store, skipped)))
