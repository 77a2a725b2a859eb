"""The entries of a catalogue: what the ledger says of every file, with its articles."""

from collections.abc import Iterator

from retriever.catalogue.naming import name_from
from retriever.catalogue.table import RowEntry
from retriever.index.outlines import Outline
from retriever.index.store import Store
from retriever.indexing.ledger import ledger_of
from retriever.records import CatalogueEntry, LedgerEntry
from retriever.records.catalogue import ARTICLE, DUPLICATE, FAILED


def entries_of(store: Store) -> Iterator[RowEntry]:
    """Yield every entry in the order of the corpus; a few articles at a time are in memory."""
    for seen in ledger_of(store):
        yield from _file_entries(seen, store)


def _file_entries(seen: LedgerEntry, store: Store) -> Iterator[RowEntry]:
    """Yield what a file gave, article by article; then what of it gave nothing, if anything."""
    if seen.articles:
        reason = seen.reason if seen.state == DUPLICATE else None
        for outline in store.outlines(seen.path):
            yield RowEntry(
                row=outline.row, entry=_article_entry(outline, state=seen.state, reason=reason)
            )
    if not seen.articles or (seen.state == ARTICLE and seen.reason):
        state = FAILED if seen.articles else seen.state
        yield RowEntry(entry=CatalogueEntry(path=seen.path, state=state, reason=seen.reason))


def _article_entry(outline: Outline, *, state: str, reason: str | None) -> CatalogueEntry:
    return CatalogueEntry(
        path=outline.path,
        state=state,
        id=outline.id,
        name=name_from(outline.title, outline.opening),
        title=outline.title,
        author=outline.author,
        publisher=outline.publisher,
        published=outline.published,
        language=outline.language,
        characters=outline.characters,
        bytes=outline.bytes,
        reason=reason,
        warnings=outline.warnings,
    )
