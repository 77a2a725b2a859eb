"""The write path: source files → articles → passages → vectors and words → a generation.

A rebuild reads only files that changed, and encodes only passages whose text is new under the
same encoder; all else is taken from the generation before.
"""

import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from retriever.corpus import Survey, survey
from retriever.errors import IndexMissingError, IndexUnreachableError, IndexUnusableError
from retriever.index import publishing, unfinished
from retriever.index.location import locate
from retriever.index.manifest import read_manifest
from retriever.indexing.checkpoints import CheckpointWriter, LeftEncoded
from retriever.indexing.clustering import KnownTexts
from retriever.indexing.completing import publish_filled
from retriever.indexing.embedding import PassageEmbedder, titles_by_text
from retriever.indexing.ingestion import ingest
from retriever.indexing.job import Filled, Job, require_articles, tell_progress
from retriever.indexing.previous_generation import PreviousGeneration
from retriever.indexing.progress import Progress, Stage, paced
from retriever.indexing.reporting import BuildReport, report_unchanged
from retriever.indexing.source_reader import SourceReader
from retriever.indexing.store_writer import StoreWriter
from retriever.indexing.word_index import TakenOver


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
        embedder.finish(partial(tell_progress, job, Stage.EMBEDDING))
    before = previous.generation if previous and previous.same_encoder else None
    known = previous and KnownTexts.of(
        previous.generation.folder, previous.generation.store, previous.generation.manifest
    )
    return Filled(
        store=made,
        dimension=embedder.dimension,
        embedded=embedder.encoded,
        titles=titles_by_text(before.store, before.titles) if before else {},
        taken=_taken_over(previous, made),
        known=[known] if known else [],
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
