"""Building small indexes: a corpus written to disk, an encoder given, no weights needed."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from retriever import Article, BuildReport, Progress
from retriever.encoders.protocol import Encoder
from retriever.index.clusters import CLUSTERS, COMPARED, SIGNATURES
from retriever.index.generation import Generation
from retriever.index.lexical import LexicalIndex
from retriever.index.manifest import checksums
from retriever.index.publishing import current_generation
from retriever.indexing.job import Job
from retriever.indexing.lexical_writer import CountedBefore, LexicalWriter
from retriever.indexing.pipeline import build_index
from tests.hashing_encoder import HashingEncoder

HARBOUR = (
    "The harbour of Ostby was closed on Monday. A storm had torn the old crane from its rails. "
    "“Nobody was hurt,” said the harbour master. Repairs will cost two million crowns."
)
BRIDGE = (
    "The bridge over the Lune opened in 1912. It was painted green every seventh year. "
    "Engineers found cracks in its piers last spring. Traffic now takes the tunnel."
)
REPRINTS = {CLUSTERS, COMPARED, SIGNATURES}
LONG = " ".join(f"Sentence number {n} tells of ship {n} and its crew." for n in range(40))


def write_articles(
    path: Path, articles: Mapping[str, str] | Iterable[Mapping[str, object]]
) -> Path:
    """Write articles, id → text or whole records, as JSON Lines to ``path`` and return it."""
    records = (
        [{"id": key, "text": text} for key, text in articles.items()]
        if isinstance(articles, Mapping)
        else articles
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def build_with(
    encoder: Encoder,
    corpus: Path,
    index: Path,
    *,
    name: str = "hashing",
    full: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> BuildReport:
    """Build an index with a given encoder."""
    return build_index(job_of(corpus, index, encoder, name=name, full=full, progress=progress))


def job_of(
    corpus: Path,
    index: str | Path,
    encoder: Encoder | None = None,
    *,
    name: str = "hashing",
    full: bool = False,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Job:
    """Return what a build of an index is asked to do, with an encoder of hashes unless given."""
    return Job(
        corpus=corpus,
        index=index,
        encoder_name=name,
        encoder=encoder or HashingEncoder(),
        full=full,
        progress=progress,
    )


def lexical_index(passages: Iterable[list[str]]) -> LexicalIndex:
    """Index the terms of each passage."""
    with TemporaryDirectory() as temporary:  # what is mapped stays where it is
        return write_lexical_index(Path(temporary, "lexical"), [*passages])


def write_lexical_index(
    folder: Path, passages: Sequence[list[str]], *, before: CountedBefore | None = None
) -> LexicalIndex:
    """Write the terms of passages, but of those that were counted before, and open the index."""
    known: set[int] = set() if before is None else {*before.rows.tolist()}
    with LexicalWriter(folder, before=before) as writer:
        for row, terms in enumerate(passages):
            if row not in known:
                writer.add(row, terms)
        writer.finish(len(passages))
    return LexicalIndex.load(folder, count=len(passages))


@contextmanager
def opened(index: Path) -> Iterator[Generation]:
    """Open the current generation of an index, and let it go at the end."""
    generation = Generation(current_generation(index))
    try:
        yield generation
    finally:
        generation.close()


def articles(index: Path) -> dict[str, Article]:
    """Return the articles of an index by id."""
    with opened(index) as generation:
        return {article.id: article for article in generation.store.articles()}


def contents(index: Path) -> Mapping[str, object]:
    """Return what an index holds, whichever way it was built."""
    with opened(index) as generation:
        store = generation.store
        return {
            "articles": [*store.articles()],
            "stated": [*store.articles_of("a.jsonl")],
            "passages": [*store.passages()],
            "keys": store.passage_keys(),
            "failures": sorted((f.path, f.reason) for f in store.failures()),
            "sentences": generation.sentences.table.tolist(),
            "codes": generation.sentences.codes.tolist(),
            "vectors": np.round(generation.vectors.matrix(), 5).tolist(),
            "titles": generation.titles.codes.tolist(),
            "files": {
                name: digest
                for name, digest in checksums(generation.folder).items()
                if name.startswith("lexical") or name in REPRINTS
            },
        }


def assert_same_as_anew(corpus: Path, index: Path) -> None:
    """Check that an index brought up to date is the one a first build would make."""
    anew = index.with_name("anew")
    build_with(HashingEncoder(), corpus, anew, full=True)
    assert contents(index) == contents(anew)
