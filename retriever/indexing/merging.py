"""One index of all parts of a corpus, as a build in one go would have made it.

Articles, passages and vectors are copied in the order of the whole corpus; nothing is read or
encoded again. Words are counted and refusal is calibrated over all of it.
"""

import time
from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import numpy as np

from retriever.corpus import Skipped
from retriever.errors import (
    IndexDamagedError,
    IndexStaleError,
    IndexUnreachableError,
    IndexUnusableError,
)
from retriever.index import publishing
from retriever.index.generation import TITLES
from retriever.index.manifest import check_files
from retriever.index.memory_maps import mapped
from retriever.index.quantization import QuantizedVectors
from retriever.index.sentence_vectors import SENTENCE_VECTORS, SPANS, Sentences
from retriever.index.store import SeenFile, Store
from retriever.index.vectors import VECTORS
from retriever.indexing.array_writer import ArrayWriter
from retriever.indexing.article_ids import ArticleIds
from retriever.indexing.clustering import KnownTexts
from retriever.indexing.completing import publish_filled
from retriever.indexing.embedding import titles_by_text
from retriever.indexing.job import Filled, Job, require_articles
from retriever.indexing.parts import Part
from retriever.indexing.previous_generation import PreviousGeneration
from retriever.indexing.progress import Progress, paced
from retriever.indexing.reporting import BuildReport, report_unchanged
from retriever.indexing.segmentation import IndexedPassage
from retriever.indexing.store_writer import StoreWriter

MERGING = "merging"  # instead of reading and embedding
# Files between two steps of the progress bar, which is when a merge can be stopped.
_STEP = 64


def merge_parts(job: Job, parts: Sequence[Part]) -> BuildReport:
    """Publish one index of ``parts`` and return what it holds.

    The index in use answers until then; merged of the very same parts, it stays. ``job.encoder``
    must be the one of the parts.

    :raises CorpusError: when no part holds an article.
    :raises IndexBusyError: when another process is building this index.
    :raises IndexUnusableError: when a part is damaged, or the index cannot be written.
    """
    started = time.perf_counter()
    job = replace(job, progress=paced(job.progress))
    _require_encoder(job, parts[0])
    location = job.location
    with publishing.writing(location.folder), ExitStack() as opened:
        location.require()
        previous = _open_merged(job, opened)
        if previous and _is_of(previous, parts):
            kept = previous.generation
            report = report_unchanged(kept.manifest, kept.store)
        else:
            sources = [opened.enter_context(_PartReader(part)) for part in parts]
            folder = opened.enter_context(publishing.new_generation(location.folder))
            filled = _copy(job, sources, folder)
            report = publish_filled(job, folder, filled, previous=previous, redone={})
    return replace(report, seconds=time.perf_counter() - started)


def _require_encoder(job: Job, part: Part) -> None:
    made, fingerprint = part.manifest, job.encoder.fingerprint
    if made.fingerprint != fingerprint:
        raise IndexStaleError(
            f"the parts were built with the encoder {made.encoder} ({made.fingerprint[:8]}), "
            f"which is another one here ({fingerprint[:8]}); merge them where they were built, or "
            "build them again"
        )


def _open_merged(job: Job, opened: ExitStack) -> PreviousGeneration | None:
    """Return the generation in use, if it can be used."""
    try:
        location = job.location
        generation = location.open(location.current())
        opened.callback(generation.close)
        return PreviousGeneration(generation, job.corpus, job.encoder)
    except IndexUnreachableError:
        raise
    except IndexUnusableError:
        return None  # the parts hold everything


def _is_of(previous: PreviousGeneration, parts: Sequence[Part]) -> bool:
    """Tell whether it was merged of these parts, by the rules of now."""
    merged = previous.generation.manifest.parts
    return merged == _checksums(parts) and not previous.redone


def _checksums(parts: Sequence[Part]) -> dict[str, str]:
    return {str(part.shard): part.checksum for part in parts}


class _PartReader:
    """A part that is open to be copied; use as a context manager."""

    def __init__(self, part: Part) -> None:
        check_files(part.folder, part.manifest)
        self.part = part
        self.store = Store(part.folder)
        self.seen = self.store.seen()
        self.keys = self.store.passage_keys()

    def __enter__(self) -> "_PartReader":
        if self.part.manifest.articles:
            folder, passages = self.part.folder, len(self.store)
            self.vectors = mapped(folder / VECTORS, kind=np.float32, shape=(passages, None))
            self.sentences = Sentences.load(folder, passages=passages)
            shape = (self.store.count_articles(), None)
            titles = QuantizedVectors(mapped(folder / TITLES, kind=np.int8, shape=shape))
            self.titles = titles_by_text(self.store, titles)
        else:
            self.titles = {}
        return self

    def __exit__(self, *failed: object) -> None:
        self.store.close()

    def passages(self, rows: range) -> list[IndexedPassage]:
        """Return passages as a store takes them; their sentences are copied by themselves."""
        return [
            IndexedPassage(passage=self.store.passage(row), sentences=(), key=self.keys[row])
            for row in rows
        ]


def _copy(job: Job, sources: Sequence[_PartReader], folder: Path) -> Filled:
    """Write the articles of all parts, file by file in the order of the whole corpus."""
    owners = _owner_by_path(sources)
    ids = ArticleIds()
    with StoreWriter(folder) as store, closing(_VectorWriter(folder)) as vectors:
        store.add_skipped(_all_skipped(sources))
        for done, path in enumerate(sorted(owners)):
            if done % _STEP == 0:
                _tell_merging(job, store, len(owners))
            _copy_file(owners[path], owners[path].seen[path], store, vectors, ids)
        _tell_merging(job, store, len(owners))
        require_articles(job, store)
        vectors.finish()
    return Filled(
        store=store,
        dimension=vectors.dimension,
        embedded=0,
        titles={title: codes for source in sources for title, codes in source.titles.items()},
        known=_known_texts(sources),
        parts=_checksums([source.part for source in sources]),
    )


def _known_texts(sources: Sequence[_PartReader]) -> list[KnownTexts]:
    """Return what the parts know of their texts: only texts of two parts are compared."""
    found = (KnownTexts.of(part.part.folder, part.store, part.part.manifest) for part in sources)
    return [known for known in found if known]


def _owner_by_path(sources: Sequence[_PartReader]) -> dict[str, _PartReader]:
    owners: dict[str, _PartReader] = {}
    for source in sources:
        for path in source.seen:
            if not source.part.shard.holds(path):
                raise IndexDamagedError(f"{path} does not belong to the part {source.part.shard}")
            owners[path] = source
    return owners


def _all_skipped(sources: Sequence[_PartReader]) -> list[Skipped]:
    return [
        Skipped(path=path, reason=reason)
        for source in sources
        for path, reason in source.store.skipped()
    ]


def _tell_merging(job: Job, store: StoreWriter, total: int) -> None:
    job.progress(Progress(stage=MERGING, done=store.files, total=total, articles=store.articles))


def _copy_file(
    source: _PartReader,
    seen: SeenFile,
    store: StoreWriter,
    vectors: "_VectorWriter",
    ids: ArticleIds,
) -> None:
    """Copy what one file gave: its articles with their vectors, then the entry of the file."""
    for row, stated_id, article in source.store.articles_of(seen.path):
        rows = source.store.passage_rows(row)
        store.add_article(
            ids.unique(article, stated_id),
            stated_id=stated_id,
            source=seen.path,
            passages=source.passages(rows),
        )
        vectors.add(source, rows)
    store.add_source(seen, source.store.failures(seen.path))


class _VectorWriter:
    """Writes the vectors of passages and of their sentences, one article behind the other."""

    def __init__(self, folder: Path) -> None:
        self._vectors = ArrayWriter(folder / VECTORS, kind=np.float32)
        self._spans = ArrayWriter(folder / SPANS, kind=np.int32)
        self._codes = ArrayWriter(folder / SENTENCE_VECTORS, kind=np.int8)
        self._passages = self._sentences = 0

    @property
    def dimension(self) -> int:
        """How many numbers a vector has, once there is one."""
        return self._vectors.width

    def add(self, source: _PartReader, rows: range) -> None:
        """Take the passages of an article: their rows are the next ones."""
        own = np.arange(self._passages, self._passages + len(rows))
        self._vectors.put(own, source.vectors[rows.start : rows.stop])
        first = source.sentences.rows(rows.start).start
        last = source.sentences.rows(rows.stop - 1).stop
        table = source.sentences.table[first:last].copy()
        table[:, 0] += self._passages - rows.start
        sentences = np.arange(self._sentences, self._sentences + last - first)
        self._spans.put(sentences, table)
        self._codes.put(sentences, source.sentences.codes[first:last])
        self._passages += len(rows)
        self._sentences += last - first

    def finish(self) -> None:
        """Complete the files."""
        self._vectors.finish(self._passages)
        self._spans.finish(self._sentences)
        self._codes.finish(self._sentences)

    def close(self) -> None:
        """Let go of the files, finished or not."""
        for file in (self._vectors, self._spans, self._codes):
            file.close()
