"""What a build was asked to do, and what it has made once articles and vectors are written."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from retriever.encoders.protocol import Encoder
from retriever.errors import CorpusError
from retriever.index.generation import Generation
from retriever.index.location import FolderLocation, Location, locate
from retriever.index.manifest import UNCALIBRATED, Calibration
from retriever.indexing.clustering import KnownTexts
from retriever.indexing.progress import Progress
from retriever.indexing.sharding import Shard
from retriever.indexing.store_writer import StoreWriter
from retriever.indexing.word_index import TakenOver
from retriever.records.arrays import Codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one build was asked to do.

    ``calibrate`` sets the floor of refusal on the finished generation before it is published.
    With a ``shard``, what is built is that part of the index (:mod:`retriever.indexing.sharding`).
    """

    corpus: Path
    index: str | Path
    encoder_name: str
    encoder: Encoder
    full: bool
    progress: Callable[[Progress], None]
    calibrate: Callable[[Generation], Calibration] = field(default=lambda _: UNCALIBRATED)
    shard: Shard | None = None

    @property
    def location(self) -> Location:
        """The index that is written: that of the job, or a part of it."""
        whole = locate(self.index)
        return FolderLocation(self.shard.folder(whole.folder)) if self.shard else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A new generation whose articles and vectors are written; ``parts`` as in :class:`Manifest`.

    ``titles`` are the vectors of titles that need not be encoded, ``taken`` the articles whose
    words need not be counted, ``known`` what is known of texts that are not read again to find
    reprints. ``parts`` as in :class:`Manifest`.
    """

    store: StoreWriter
    dimension: int
    embedded: int
    titles: Mapping[str | None, Codes]
    taken: TakenOver | None = None
    known: Sequence[KnownTexts] = ()
    parts: Mapping[str, str] = field(default_factory=dict)


def tell_progress(job: Job, stage: str, done: int, total: int) -> None:
    """Tell whoever waits for the build how far a stage is."""
    job.progress(Progress(stage=stage, done=done, total=total))


def require_articles(job: Job, made: StoreWriter) -> None:
    """Refuse an index without an article.

    :raises CorpusError: naming a file that could not be read, and why.
    """
    if made.articles:
        return
    example = made.first_failure
    reason = f": {example.path}: {example.reason}" if example else ""
    raise CorpusError(f"no article could be read in {job.corpus}{reason}")
