"""The write path: source files → articles → passages → vectors and words → a generation.

A rebuild reads only files that changed, and encodes only passages whose text is new under the
same encoder; all else is taken from the generation before.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from retriever.corpus import READING, Survey, survey
from retriever.encoders.protocol import Encoder
from retriever.errors import (
    CorpusError,
    IndexMissingError,
    IndexUnreachableError,
    IndexUnusableError,
)
from retriever.index import publishing, unfinished
from retriever.index.generation import Generation
from retriever.index.location import FolderLocation, Location, locate
from retriever.index.manifest import (
    FORMAT,
    UNCALIBRATED,
    Calibration,
    Manifest,
    checksums,
    read_manifest,
)
from retriever.index.store import Store
from retriever.index.vectors import write_engine
from retriever.indexing.checkpoints import CheckpointWriter, LeftEncoded
from retriever.indexing.embedding import PassageEmbedder, titles_by_text, write_titles
from retriever.indexing.ingestion import ingest
from retriever.indexing.previous_generation import PreviousGeneration
from retriever.indexing.progress import Progress, Stage, paced
from retriever.indexing.reporting import BuildReport, build_report, report_unchanged
from retriever.indexing.segmentation import splitting
from retriever.indexing.sharding import Shard
from retriever.indexing.source_reader import SourceReader
from retriever.indexing.store_writer import StoreWriter
from retriever.indexing.word_index import TakenOver, write_words
from retriever.records.arrays import Codes

# A corpus that grew or shrank by this share is measured anew.
RECALIBRATED = 0.1
STORING = "storing vectors"  # in a server, after the words


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
    words need not be counted. ``parts`` as in :class:`Manifest`.
    """

    store: StoreWriter
    dimension: int
    embedded: int
    titles: Mapping[str | None, Codes]
    taken: TakenOver | None = None
    parts: Mapping[str, str] = field(default_factory=dict)


def build_index(job: Job) -> BuildReport:
    """Bring the index up to date with the corpus and return what was done.

    The generation in use keeps answering until the new one is published, which is opened and
    checked first; when nothing changed, the old one stays. What ``job.progress`` raises stops the
    build: BuildCancelled is there for that. What it had encoded by then, or when it was killed, is
    kept for the next build of this index, which ends with nothing of it left.

    :raises CorpusError: when the corpus is missing or holds no readable article.
    :raises IndexBusyError: when another process is building this index.
    :raises IndexUnusableError: when the index cannot be written.
    """
    started, seen_ns = time.perf_counter(), time.time_ns()
    location = job.location
    job = replace(job, progress=paced(job.progress))
    found = survey(job.corpus, apart=locate(job.index).folder)
    if job.shard:
        found = job.shard.share_of(found)
    with publishing.writing(location.folder), ExitStack() as opened:
        location.require()
        previous, redone = _open_previous(job, opened)
        kept = previous.generation if previous and previous.unchanged(found.sources) else None
        if kept and location.serves(kept.folder):
            unfinished.remove_all(location.folder)
            report = report_unchanged(kept.manifest, kept.store, found.skipped)
        else:
            folder = opened.enter_context(publishing.new_generation(location.folder))
            filled = _ingest(job, found, folder, previous, seen_ns)
            report = publish_filled(job, folder, filled, previous=previous, redone=redone)
    return replace(report, seconds=time.perf_counter() - started)


def publish_filled(
    job: Job,
    folder: Path,
    filled: Filled,
    *,
    previous: PreviousGeneration | None,
    redone: Mapping[str, str],
) -> BuildReport:
    """Complete the generation in ``folder``, look it over, and publish it.

    Its articles and their vectors are there; the rest is made of them here.
    """
    location = job.location
    number = publishing.next_number(location.folder)
    words = _write_channels(job, folder, filled) if filled.store.articles else ""
    made = _write_manifest(job, folder, filled, number, words, redone)
    if not made.articles:
        with closing(Store(folder)) as store:
            report = build_report(made, store, filled.embedded)
        location.publish(folder, number)
        return report
    with location.keeping(folder, number):
        location.prepare(folder, made, partial(_tell_progress, job, STORING))
        with closing(location.open(folder, thorough=True)) as checked:
            made = _calibrate(job, checked, previous)
            report = build_report(made, checked.store, filled.embedded)
        location.publish(folder, number)
    return report


def _open_previous(
    job: Job, opened: ExitStack
) -> tuple[PreviousGeneration | None, Mapping[str, str]]:
    """Return the generation whose work can be reused, if there is one, and what cannot be.

    A first part of an index takes from the whole: sharing it out anew encodes nothing again.
    """
    if job.full:
        return None, {"everything": "it was asked for"}
    locations = (job.location, locate(job.index)) if job.shard else (job.location,)
    for location in locations:
        try:
            folder = location.newest()
            if job.shard and not read_manifest(folder).articles:
                continue  # a part to which nothing fell, or nothing that can be read
            generation = location.open_stored(folder)
            opened.callback(generation.close)
            previous = PreviousGeneration(generation, job.corpus, job.encoder)
        except IndexMissingError:
            continue
        except IndexUnreachableError:
            raise
        except IndexUnusableError as error:  # damaged or stale
            return None, {"everything": f"what was there could not be used: {error}"}
        return previous, previous.redone
    return None, {}  # a first build does nothing again


def _ingest(
    job: Job, found: Survey, folder: Path, previous: PreviousGeneration | None, seen_ns: int
) -> Filled:
    """Read, cut, store and embed."""
    embedding = PassageEmbedder(
        folder,
        job.encoder,
        previous=_same_encoder(previous),
        left=_left_encoded(job, folder),
        checkpoint=CheckpointWriter(
            unfinished.checkpoint_of(folder), fingerprint=job.encoder.fingerprint
        ),
    )
    with embedding as embedder:

        def step(store: StoreWriter) -> None:
            job.progress(
                Progress(
                    stage=Stage.READING,
                    done=store.files,
                    total=len(found.sources),
                    articles=store.articles,
                    encoded=embedder.encoded,
                )
            )

        reader = SourceReader(encoder=job.encoder, previous=previous, seen_ns=seen_ns)
        made = ingest(found, reader, embedder, folder=folder, step=step)
        if not job.shard:
            require_articles(job, made)
        embedder.finish(partial(_tell_progress, job, Stage.EMBEDDING))
    before = previous.generation if previous and previous.same_encoder else None
    return Filled(
        store=made,
        dimension=embedder.dimension,
        embedded=embedder.encoded,
        titles=titles_by_text(before.store, before.titles) if before else {},
        taken=_taken_over(previous, made),
    )


def _left_encoded(job: Job, folder: Path) -> list[LeftEncoded]:
    """Return what builds encoded that were ended, newest first; what adds nothing is removed."""
    found: list[LeftEncoded] = []
    for path in unfinished.left_builds(job.location.folder):
        if path != folder:
            checkpoint = unfinished.checkpoint_of(path)
            left = LeftEncoded(path, checkpoint, fingerprint=job.encoder.fingerprint)
            if any(newer.holds(left) for newer in found):
                unfinished.remove(path)
            else:
                found.append(left)
    return found


def _taken_over(previous: PreviousGeneration | None, made: StoreWriter) -> TakenOver | None:
    if previous is None:
        return None
    rows = np.array(made.rows_before, dtype=np.int64)
    return TakenOver(generation=previous.generation, articles=rows)


def _same_encoder(previous: PreviousGeneration | None) -> PreviousGeneration | None:
    """Return the generation before if its vectors can be taken."""
    return previous if previous and previous.same_encoder else None


def _tell_progress(job: Job, stage: str, done: int, total: int) -> None:
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


def _write_channels(job: Job, folder: Path, filled: Filled) -> str:
    """Write titles' vectors and lexical indexes of the new store; return the latter's version."""
    write_engine(folder)
    with closing(Store(folder)) as store:
        write_titles(
            store,
            job.encoder,
            known=filled.titles,
            folder=folder,
            dimension=filled.dimension,
            step=partial(_tell_progress, job, Stage.ENCODING_TITLES),
        )
        step = partial(_tell_progress, job, Stage.INDEXING_WORDS)
        return write_words(store, folder, taken=filled.taken, step=step)


def _write_manifest(
    job: Job, folder: Path, filled: Filled, number: int, words: str, redone: Mapping[str, str]
) -> Manifest:
    made = Manifest(
        format=FORMAT,
        generation=number,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        corpus=str(job.corpus.absolute()),
        encoder=job.encoder_name,
        fingerprint=job.encoder.fingerprint,
        reading=READING,
        splitting=splitting(),
        words=words,
        articles=filled.store.articles,
        passages=filled.store.passages,
        redone=dict(redone),
        files=checksums(folder),
        calibration=UNCALIBRATED,
        shard=str(job.shard or ""),
        parts=dict(filled.parts),
    )
    made.write(folder)
    return made


def _calibrate(job: Job, generation: Generation, previous: PreviousGeneration | None) -> Manifest:
    """Write the floor of refusal into the manifest: measured, or as it was for nearly the same."""
    made = generation.manifest
    old = previous.generation.manifest if previous and previous.same_encoder else None
    if (
        old
        and old.calibration != UNCALIBRATED
        and abs(made.passages - old.passages) <= RECALIBRATED * old.passages
    ):
        calibration = old.calibration
    else:
        _tell_progress(job, Stage.CALIBRATING, 0, 1)
        calibration = job.calibrate(generation)
        _tell_progress(job, Stage.CALIBRATING, 1, 1)
    calibrated = replace(made, calibration=calibration)
    calibrated.write(generation.folder)
    return calibrated
