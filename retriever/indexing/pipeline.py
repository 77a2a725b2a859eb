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
from retriever.encoders.profiles import known_profile
from retriever.encoders.protocol import Encoder
from retriever.errors import CorpusError, IndexMissingError, IndexUnusableError
from retriever.index import publishing, unfinished
from retriever.index.generation import Generation
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
from retriever.indexing.embedding import PassageEmbedder, write_titles
from retriever.indexing.ingestion import ingest
from retriever.indexing.ledger import ledger_of
from retriever.indexing.previous_generation import PreviousGeneration
from retriever.indexing.progress import Progress, Stage, paced
from retriever.indexing.segmentation import splitting
from retriever.indexing.source_reader import SourceReader
from retriever.indexing.store_writer import StoreWriter
from retriever.indexing.word_index import TakenOver, write_words
from retriever.records import Failure, LedgerEntry

# A corpus that grew or shrank by this share is measured anew.
RECALIBRATED = 0.1


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What one build was asked to do.

    ``calibrate`` sets the floor of refusal on the finished generation before it is published.
    """

    corpus: Path
    index: Path
    encoder_name: str
    encoder: Encoder
    full: bool
    progress: Callable[[Progress], None]
    calibrate: Callable[[Generation], Calibration] = field(default=lambda _: UNCALIBRATED)


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
    job = replace(job, progress=paced(job.progress))
    found = survey(job.corpus, apart=job.index)
    with publishing.writing(job.index), ExitStack() as opened:
        previous, redone = _open_previous(job, opened)
        if previous and previous.unchanged(found.sources):
            unfinished.remove_all(job.index)
            return _build_report(previous.generation, found, {}, 0, time.perf_counter() - started)
        folder = opened.enter_context(publishing.new_generation(job.index))
        made, embedder = _ingest(job, found, folder, previous, seen_ns)
        taken = _taken_over(previous, made)
        words = _write_channels(job, folder, embedder.dimension, previous, taken)
        number = publishing.next_number(job.index)
        _write_manifest(job, folder, made, number, words, redone)
        with closing(Generation(folder, thorough=True)) as checked:
            _calibrate(job, checked, previous)
            seconds = time.perf_counter() - started
            report = _build_report(checked, found, redone, embedder.encoded, seconds)
        publishing.publish(job.index, folder, number)
        return report


def _open_previous(
    job: Job, opened: ExitStack
) -> tuple[PreviousGeneration | None, Mapping[str, str]]:
    """Return the generation whose work can be reused, if there is one, and what cannot be."""
    if job.full:
        return None, {"everything": "it was asked for"}
    try:
        generation = Generation(publishing.current_generation(job.index), thorough=True)
        opened.callback(generation.close)
        previous = PreviousGeneration(generation, job.corpus, job.encoder)
    except IndexMissingError:
        return None, {}  # a first build does nothing again
    except IndexUnusableError as error:  # damaged or stale
        return None, {"everything": f"what was there could not be used: {error}"}
    return previous, previous.redone


def _ingest(
    job: Job, found: Survey, folder: Path, previous: PreviousGeneration | None, seen_ns: int
) -> tuple[StoreWriter, PassageEmbedder]:
    """Read, cut, store and embed; return what was stored, and how it was embedded."""
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
        _require_articles(job, made)
        embedder.finish(partial(_tell_progress, job, Stage.EMBEDDING))
        return made, embedder


def _left_encoded(job: Job, folder: Path) -> list[LeftEncoded]:
    """Return what builds encoded that were ended, newest first; what adds nothing is removed."""
    found: list[LeftEncoded] = []
    for path in unfinished.left_builds(job.index):
        if path != folder:
            checkpoint = unfinished.checkpoint_of(path)
            left = LeftEncoded(path, checkpoint, fingerprint=job.encoder.fingerprint)
            if any(newer.holds(left) for newer in found):
                unfinished.remove(path)
            else:
                found.append(left)
    return found


def _same_encoder(previous: PreviousGeneration | None) -> PreviousGeneration | None:
    """Return the generation before if its vectors can be taken."""
    return previous if previous and previous.same_encoder else None


def _tell_progress(job: Job, stage: Stage, done: int, total: int) -> None:
    job.progress(Progress(stage=stage, done=done, total=total))


def _require_articles(job: Job, made: StoreWriter) -> None:
    if made.articles:
        return
    example = made.first_failure
    reason = f": {example.path}: {example.reason}" if example else ""
    raise CorpusError(f"no article could be read in {job.corpus}{reason}")


def _taken_over(previous: PreviousGeneration | None, made: StoreWriter) -> TakenOver | None:
    if previous is None:
        return None
    rows = np.array(made.rows_before, dtype=np.int64)
    return TakenOver(generation=previous.generation, articles=rows)


def _write_channels(
    job: Job,
    folder: Path,
    dimension: int,
    previous: PreviousGeneration | None,
    taken: TakenOver | None,
) -> str:
    """Write titles' vectors and lexical indexes of the new store; return the latter's version."""
    write_engine(folder)
    with closing(Store(folder)) as store:
        write_titles(
            store,
            job.encoder,
            previous=_same_encoder(previous),
            folder=folder,
            dimension=dimension,
            step=partial(_tell_progress, job, Stage.ENCODING_TITLES),
        )
        step = partial(_tell_progress, job, Stage.INDEXING_WORDS)
        return write_words(store, folder, taken=taken, step=step)


def _write_manifest(
    job: Job, folder: Path, made: StoreWriter, number: int, words: str, redone: Mapping[str, str]
) -> None:
    Manifest(
        format=FORMAT,
        generation=number,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        corpus=str(job.corpus.absolute()),
        encoder=job.encoder_name,
        fingerprint=job.encoder.fingerprint,
        reading=READING,
        splitting=splitting(),
        words=words,
        articles=made.articles,
        passages=made.passages,
        redone=dict(redone),
        files=checksums(folder),
        calibration=UNCALIBRATED,
    ).write(folder)


def _calibrate(job: Job, generation: Generation, previous: PreviousGeneration | None) -> None:
    """Write the floor of refusal into the manifest: measured, or as it was for nearly the same."""
    made = generation.manifest
    old = previous.generation.manifest if previous and previous.same_encoder else None
    if old and abs(made.passages - old.passages) <= RECALIBRATED * old.passages:
        calibration = old.calibration
    else:
        _tell_progress(job, Stage.CALIBRATING, 0, 1)
        calibration = job.calibrate(generation)
        _tell_progress(job, Stage.CALIBRATING, 1, 1)
    replace(made, calibration=calibration).write(generation.folder)


def _build_report(
    generation: Generation, found: Survey, redone: Mapping[str, str], embedded: int, seconds: float
) -> BuildReport:
    made = read_manifest(generation.folder)  # with the calibration that was written last
    known = known_profile(made.fingerprint) or made.calibration.profile
    return BuildReport(
        articles=made.articles,
        passages=made.passages,
        embedded=embedded,
        reused=made.passages - embedded,
        seconds=seconds,
        generation=made.generation,
        failed=generation.coverage.failed,
        redone=redone,
        ledger=tuple(ledger_of(generation.store, found.skipped)),
        calibrated=known is not None,
    )
