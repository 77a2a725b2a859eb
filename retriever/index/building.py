"""The write path: source files → articles → passages → vectors and words → a generation.

A rebuild reads only files whose size or time changed, and encodes only passages whose text is
new under the same encoder; every other vector is taken from the generation before.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from retriever.corpus import READING, SourceFile, digest, find_sources, read_source
from retriever.errors import CorpusError, IndexUnusableError
from retriever.index import generations
from retriever.index.embedding import SPLITTING, embed, encoded_text, passages_of, text_key
from retriever.index.encoder import Encoder
from retriever.index.generation import LEXICAL, VECTORS, Generation
from retriever.index.lexical import LexicalIndex
from retriever.index.manifest import FORMAT, Manifest, checksums
from retriever.index.store import LedgerEntry, Store, StoreWriter
from retriever.records import Article, Failure
from retriever.text.terms import terms


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
    """What one build was asked to do."""

    corpus: Path
    index: Path
    encoder_name: str
    encoder: Encoder
    full: bool
    progress: Callable[[Progress], None]


def build_index(job: Job) -> BuildReport:
    """Bring the index up to date with the corpus and return what was done.

    The generation in use keeps answering until the new one is published; when nothing changed,
    it stays.

    :raises CorpusError: when the corpus is missing or holds no readable article.
    :raises IndexBusyError: when another process is building this index.
    """
    started = time.perf_counter()
    sources = find_sources(job.corpus)
    with generations.writing(job.index):
        before = _previous(job)
        if before and _unchanged(before, sources, job):
            return _report(before, embedded=0, seconds=time.perf_counter() - started)
        with generations.new_generation(job.index) as folder:
            _read(job, sources, folder, before)
            embedded = _write_channels(job, folder, before)
            number = generations.next_number(job.index)
            _write_manifest(job, folder, number)
            final = generations.publish(job.index, folder, number)
        return _report(Generation(final), embedded=embedded, seconds=time.perf_counter() - started)


def _previous(job: Job) -> Generation | None:
    """Return the generation whose work can be reused, if there is one and it is sound."""
    if job.full:
        return None
    try:
        return Generation(generations.current_generation(job.index))
    except IndexUnusableError:  # damaged, stale or missing alike: everything is made anew
        return None


def _unchanged(before: Generation, sources: list[SourceFile], job: Job) -> bool:
    made_with = before.manifest
    return (
        _same_rules(before, job)
        and made_with.corpus == str(job.corpus.absolute())
        and {path: entry.stamp for path, entry in before.store.ledger().items()}
        == {source.path: source.stamp for source in sources}
    )


def _same_rules(before: Generation, job: Job) -> bool:
    made_with = before.manifest
    return (made_with.reading, made_with.splitting, made_with.fingerprint) == (
        READING,
        SPLITTING,
        job.encoder.fingerprint,
    )


def _read(job: Job, sources: list[SourceFile], folder: Path, before: Generation | None) -> None:
    """Fill the new store: read what changed, take over what did not."""
    reusable = before.store if before and before.manifest.reading == READING else None
    known = reusable.ledger() if reusable else {}
    used: set[str] = set()
    with StoreWriter(folder) as store:
        for done, source in enumerate(sources):
            job.progress(Progress(stage="reading", done=done, total=len(sources)))
            entry = known.get(source.path)
            if reusable and entry and entry.stamp == source.stamp:
                found: Iterator[Article | Failure] = _taken_over(reusable, source.path)
            else:
                entry = LedgerEntry(path=source.path, stamp=source.stamp, sha256=digest(source))
                found = read_source(source)
            _add(job, store, entry, found, used)
        job.progress(Progress(stage="reading", done=len(sources), total=len(sources)))
        if not store.articles:
            message = f"no article could be read in {job.corpus}{_first_reason(store)}"
            raise CorpusError(message)


def _taken_over(store: Store, path: str) -> Iterator[Article | Failure]:
    yield from store.articles_of(path)
    yield from store.failures(path)


def _add(
    job: Job,
    store: StoreWriter,
    entry: LedgerEntry,
    found: Iterator[Article | Failure],
    used: set[str],
) -> None:
    failures = []
    for item in found:
        if isinstance(item, Failure):
            failures.append(item)
            continue
        article = _unique(item, used)
        passages = passages_of(article, job.encoder)
        store.add_article(
            article, entry.path, [(part, text_key(encoded_text(part))) for part in passages]
        )
    store.add_source(entry, failures)


def _unique(article: Article, used: set[str]) -> Article:
    """Give a second article with the same id a name of its own: none is lost."""
    article_id, copy = article.id, 1
    while article_id in used:
        copy += 1
        article_id = f"{article.id}~{copy}"
    used.add(article_id)
    return article if article_id == article.id else replace(article, id=article_id)


def _first_reason(store: StoreWriter) -> str:
    reasons = store.failures
    return f": {reasons[0].path}: {reasons[0].reason}" if reasons else ""


def _write_channels(job: Job, folder: Path, before: Generation | None) -> int:
    """Write vectors and lexical index of the new store; return how many passages were encoded."""
    store = Store(folder)
    reusable = before if before and before.manifest.fingerprint == job.encoder.fingerprint else None

    def step(done: int, total: int) -> None:
        job.progress(Progress(stage="embedding", done=done, total=total))

    dense = embed(store, job.encoder, before=reusable, step=step)
    dense.vectors.save(folder / VECTORS)
    dense.sentences.save(folder)
    job.progress(Progress(stage="indexing words", done=0, total=len(store)))
    passages = (store.passage(row) for row in range(len(store)))
    words = (terms(part.text) + terms(part.article.title or "") for part in passages)
    LexicalIndex.of(words).save(folder / LEXICAL)
    job.progress(Progress(stage="indexing words", done=len(store), total=len(store)))
    store.close()
    return dense.encoded


def _write_manifest(job: Job, folder: Path, number: int) -> None:
    store = Store(folder)
    Manifest(
        format=FORMAT,
        generation=number,
        built=datetime.now(UTC).isoformat(timespec="seconds"),
        corpus=str(job.corpus.absolute()),
        encoder=job.encoder_name,
        fingerprint=job.encoder.fingerprint,
        reading=READING,
        splitting=SPLITTING,
        articles=len(store.origins()),
        passages=len(store),
        files=checksums(folder),
    ).write(folder)
    store.close()


def _report(generation: Generation, *, embedded: int, seconds: float) -> BuildReport:
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
