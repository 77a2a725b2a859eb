"""Completing a generation that holds articles and vectors: words, clusters, manifest, floor."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from retriever.corpus import READING
from retriever.index import publishing
from retriever.index.generation import Generation
from retriever.index.manifest import (
    FORMAT,
    UNCALIBRATED,
    Manifest,
    checksums,
)
from retriever.index.ownership import signature_of
from retriever.index.store import Store
from retriever.index.vectors import write_engine
from retriever.indexing.clustering import clustering, write_clusters
from retriever.indexing.embedding import write_titles
from retriever.indexing.job import Filled, Job, tell_progress
from retriever.indexing.previous_generation import PreviousGeneration
from retriever.indexing.progress import Stage
from retriever.indexing.reporting import BuildReport, build_report
from retriever.indexing.segmentation import splitting
from retriever.indexing.word_forms_index import write_word_forms
from retriever.indexing.word_index import write_words

# A corpus that grew or shrank by this share is measured anew.
RECALIBRATED = 0.1
STORING = "storing vectors"  # in a server, after the words


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
        location.prepare(folder, made, partial(tell_progress, job, STORING))
        with closing(location.open(folder, thorough=True)) as checked:
            made = _calibrate(job, checked, previous)
            report = build_report(made, checked.store, filled.embedded)
        location.publish(folder, number)
    return report


def _write_channels(job: Job, folder: Path, filled: Filled) -> str:
    """Write titles' vectors, lexical indexes and clusters; return the version of the words."""
    write_engine(folder)
    with closing(Store(folder)) as store:
        write_titles(
            store,
            job.encoder,
            known=filled.titles,
            folder=folder,
            dimension=filled.dimension,
            step=partial(tell_progress, job, Stage.ENCODING_TITLES),
        )
        step = partial(tell_progress, job, Stage.INDEXING_WORDS)
        count = store.count_articles()
        first, second = (partial(_tell_half, step, number, count) for number in range(2))
        write_word_forms(store, folder, taken=filled.taken, step=first)
        version = write_words(store, folder, taken=filled.taken, step=second)
        write_clusters(store, folder, known=filled.known, step=partial(tell_progress, job))
    return version


def _tell_half(
    step: Callable[[int, int], None], half: int, count: int, done: int, total: int
) -> None:
    """Tell how far the first or the second half of a stage is, in articles of all of it."""
    step(round(count * (half + (done / total if total else 1)) / 2), count)


def _write_manifest(
    job: Job, folder: Path, filled: Filled, number: int, words: str, redone: Mapping[str, str]
) -> Manifest:
    corpus = str(job.corpus.absolute())
    made = Manifest(
        format=FORMAT,
        generation=number,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        corpus=corpus,
        encoder=job.encoder_name,
        fingerprint=job.encoder.fingerprint,
        reading=READING,
        splitting=splitting(),
        words=words,
        clustering=clustering() if words else "",
        articles=filled.store.articles,
        passages=filled.store.passages,
        redone=dict(redone),
        files=checksums(folder),
        calibration=UNCALIBRATED,
        shard=str(job.shard or ""),
        parts=dict(filled.parts),
        # Parts say where their corpus is, and others may have built them.
        signature="" if filled.parts else signature_of(corpus),
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
        tell_progress(job, Stage.CALIBRATING, 0, 1)
        calibration = job.calibrate(generation)
        tell_progress(job, Stage.CALIBRATING, 1, 1)
    calibrated = replace(made, calibration=calibration)
    calibrated.write(generation.folder)
    return calibrated
