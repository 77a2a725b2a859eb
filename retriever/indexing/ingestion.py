"""The first half of a build: source files → articles → passages in a new store, and their vectors.

A thread reads and cuts ahead (:mod:`retriever.indexing.source_reader`), slow formats in a process
of their own; this thread stores what has come and, whenever nothing has, lets the encoder work.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from retriever.corpus import Survey
from retriever.index.store import SeenFile
from retriever.indexing.article_ids import ArticleIds
from retriever.indexing.embedding import PassageEmbedder
from retriever.indexing.prefetch import Prefetcher
from retriever.indexing.segmentation import SegmentedArticle
from retriever.indexing.source_reader import SourceItem, SourceReader
from retriever.indexing.store_writer import StoreWriter
from retriever.records import Failure

# Characters of articles that may be read ahead, cut up some 12 MB: slow formats give less in the
# seconds in which the encoder encodes once.
READ_AHEAD = 2_000_000
# Seconds without anything to do after which it is told all the same how far that is.
PATIENCE = 0.2
_LIGHT = 100  # characters of what is no article


def ingest(
    found: Survey,
    reader: SourceReader,
    embedder: PassageEmbedder,
    *,
    folder: Path,
    step: Callable[[StoreWriter], None],
) -> StoreWriter:
    """Fill a new store in ``folder``, embed meanwhile, and return it, closed, for what it counted.

    ``step`` is shown it every now and then; what it raises ends the reading.
    """
    with StoreWriter(folder) as store:
        store.add_skipped(found.skipped)
        ingestion = _Ingestion(store=store, embedder=embedder)
        step(store)  # before anything is read
        with Prefetcher(
            reader.items(found.sources),
            most=READ_AHEAD,
            weight=_characters,
            cancel=reader.readers.cancel,
        ) as prefetched:
            # What has come is stored first: of a corpus that is read fast it is soon known how
            # much there is to encode.
            for item in prefetched.items(patience=lambda: 0 if embedder.ready else PATIENCE):
                step(store)
                if item is not None:
                    ingestion.add(item)
                elif embedder.ready:
                    embedder.encode()
        step(store)
        return store


@dataclass(slots=True, kw_only=True)
class _Ingestion:
    """A store that is filled, and what is kept from item to item."""

    store: StoreWriter
    embedder: PassageEmbedder
    ids: ArticleIds = field(default_factory=ArticleIds)
    failures: list[Failure] = field(default_factory=list)

    def add(self, item: SourceItem) -> None:
        """Store what a file gave, and at its end the file itself."""
        if isinstance(item, Failure):
            self.failures.append(item)
        elif isinstance(item, SeenFile):
            self.store.add_source(item, self.failures)
            self.failures = []
        else:
            article = self.ids.unique(item.article, item.stated_id)
            self.store.add_article(
                article,
                stated_id=item.stated_id,
                source=item.source,
                passages=item.passages,
                before=item.before,
            )
            self.embedder.add(item.passages, before=item.before)


def _characters(item: SourceItem) -> int:
    return len(item.article.text) if isinstance(item, SegmentedArticle) else _LIGHT
