"""The write path: source files → articles → passages → vectors and words → a generation.

A rebuild reads only files that changed, and encodes only passages whose text is new under the
same encoder; all else is taken from the generation before.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from retriever.corpus import READING, find_sources
from retriever.errors import CorpusError, IndexUnusableError
from retriever.index import generations
from retriever.index.drafting import Before, Draft, draft
from retriever.index.embedding import embed
from retriever.index.encoder import Encoder
from retriever.index.generation import VECTORS, Generation
from retriever.index.manifest import FORMAT, UNCALIBRATED, Calibration, Manifest, checksums
from retriever.index.pieces import SPLITTING
from retriever.index.store import Store
from retriever.index.words import index_words
from retriever.records import Failure

# A corpus that grew or shrank by this share is measured anew.
RECALIBRATED = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a build is: ``done`` of ``total`` in a stage; ``total`` is None while unknown."""

    stage: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did; ``failed`` lists what could not be read, and why."""

    articles: int
    passages: int
    embedded: int
    reused: int
    seconds: float
    generation: int
    failed: tuple[Failure, ...]

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
    checked first; when nothing changed, the old one stays.

    :raises CorpusError: when the corpus is missing or holds no readable article.
    :raises IndexBusyError: when another process is building this index.
    :raises IndexUnusableError: when the index cannot be written.
    """
    started, seen_ns = time.perf_counter(), time.time_ns()
    sources = find_sources(job.corpus)
    with generations.writing(job.index), ExitStack() as opened:
        before = _previous(job, opened)
        if before and before.unchanged(sources):
            return _report(before.generation, 0, time.perf_counter() - started)
        folder = opened.enter_context(generations.new_generation(job.index))

        def step(done: int) -> None:
            job.progress(Progress(stage="reading", done=done, total=len(sources)))

        made = draft(sources, folder, job.encoder, before=before, seen_ns=seen_ns, step=step)
        _require_articles(job, made)
        embedded = _write_channels(job, folder, made, before)
        number = generations.next_number(job.index)
        _write_manifest(job, folder, made, number)
        with closing(Generation(folder)) as checked:
            _calibrate(job, checked, before)
            report = _report(checked, embedded, time.perf_counter() - started)
        generations.publish(job.index, folder, number)
        return report


def _previous(job: Job, opened: ExitStack) -> Before | None:
    """Return the generation whose work can be reused, if there is one and it is sound."""
    if job.full:
        return None
    try:
        generation = Generation(generations.current_generation(job.index))
        opened.callback(generation.close)
        return Before(generation, job.corpus, job.encoder)
    except IndexUnusableError:  # damaged, stale or missing alike: everything is made anew
        return None


def _require_articles(job: Job, made: Draft) -> None:
    if made.articles:
        return
    example = made.first_failure
    reason = f": {example.path}: {example.reason}" if example else ""
    message = f"no article could be read in {job.corpus}{reason}"
    raise CorpusError(message)


def _write_channels(job: Job, folder: Path, made: Draft, before: Before | None) -> int:
    """Write vectors and lexical index of the new store; return how many passages were encoded."""

    def step(done: int, total: int) -> None:
        job.progress(Progress(stage="embedding", done=done, total=total))

    reusable = before.generation if before and before.same_encoder else None
    with closing(Store(folder)) as store:
        dense = embed(store, made.sentences, job.encoder, before=reusable, step=step)
        dense.vectors.save(folder / VECTORS)
        dense.sentences.save(folder)
        dense.titles.save(folder)
        job.progress(Progress(stage="indexing words", done=0, total=made.passages))
        index_words(store).save(folder)
        job.progress(Progress(stage="indexing words", done=made.passages, total=made.passages))
    return dense.encoded


def _write_manifest(job: Job, folder: Path, made: Draft, number: int) -> None:
    Manifest(
        format=FORMAT,
        generation=number,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        corpus=str(job.corpus.absolute()),
        encoder=job.encoder_name,
        fingerprint=job.encoder.fingerprint,
        reading=READING,
        splitting=SPLITTING,
        articles=made.articles,
        passages=made.passages,
        files=checksums(folder),
        calibration=UNCALIBRATED,
    ).write(folder)


def _calibrate(job: Job, generation: Generation, before: Before | None) -> None:
    """Write the floor of refusal into the manifest: measured, or as it was for nearly the same."""
    made = generation.manifest
    old = before.generation.manifest if before and before.same_encoder else None
    if old and abs(made.passages - old.passages) <= RECALIBRATED * old.passages:
        calibration = old.calibration
    else:
        job.progress(Progress(stage="calibrating", done=0, total=1))
        calibration = job.calibrate(generation)
        job.progress(Progress(stage="calibrating", done=1, total=1))
    replace(made, calibration=calibration).write(generation.folder)


def _report(generation: Generation, embedded: int, seconds: float) -> BuildReport:
    made = generation.manifest
    return BuildReport(
        articles=made.articles,
        passages=made.passages,
        embedded=embedded,
        reused=made.passages - embedded,
        seconds=seconds,
        generation=made.generation,
        failed=generation.coverage.failed,
    )
