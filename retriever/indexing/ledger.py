"""The ledger: what came of every file of the corpus.

A text that an earlier article has, to the letter, is indexed all the same and marked a duplicate
here. A reprint is a source of its own, with its own publisher, date and address; it costs no
encoding, since equal passages share their vectors; and when the first copy goes, the second
answers without a word of it being read again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from retriever.corpus import Skipped
from retriever.index.store import Store
from retriever.records import Failure, LedgerEntry


def ledger_of(store: Store, skipped: Iterable[Skipped] | None = None) -> list[LedgerEntry]:
    """Return an entry for every file, and for every part of one that failed, sorted by path.

    ``skipped`` stands for what the store holds of it, which is as old as the store.
    """
    if skipped is None:
        skipped = [Skipped(path=path, reason=reason) for path, reason in store.skipped()]
    articles, repeated = _articles_by_source(store)
    failures: dict[str, list[Failure]] = defaultdict(list)
    for source, failure in store.failed():
        failures[source].append(failure)
    entries = []
    for source in store.seen():
        ids = tuple(articles.get(source, ()))
        own = [failure for failure in failures[source] if failure.path == source]
        parts = [failure for failure in failures[source] if failure.path != source]
        entries.append(_ledger_entry(source, ids, repeated, _what_failed(own, parts)))
        entries += [
            LedgerEntry(path=part.path, state="failed", reason=part.reason) for part in parts
        ]
    told = {entry.path for entry in entries}  # a sidecar is skipped, or failed
    entries += [
        LedgerEntry(path=entry.path, state="skipped", reason=entry.reason)
        for entry in skipped
        if entry.path not in told
    ]
    return sorted(entries, key=lambda entry: entry.path)


def _articles_by_source(store: Store) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the ids of each source's articles, and for each that repeats another, which."""
    articles: dict[str, list[str]] = defaultdict(list)
    repeated: dict[str, str] = {}
    first: dict[str, str] = {}
    for source, article_id, sha256 in store.given():
        articles[source].append(article_id)
        original = first.setdefault(sha256, article_id)
        if original != article_id:
            repeated[article_id] = original
    return articles, repeated


def _what_failed(own: Sequence[Failure], parts: Sequence[Failure]) -> str | None:
    """Return what failed in a file in one line; parts have entries of their own."""
    if own:
        return own[0].reason + _and_more(own)
    return f"{parts[0].path}: {parts[0].reason}{_and_more(parts)}" if parts else None


def _and_more(things: Sequence[object]) -> str:
    return f" (and {len(things) - 1} more)" if len(things) > 1 else ""


def _ledger_entry(
    source: str, ids: tuple[str, ...], repeated: dict[str, str], wrong: str | None
) -> LedgerEntry:
    if not ids:
        return LedgerEntry(path=source, state="failed", reason=wrong or "holds no article")
    copies = [repeated[article_id] for article_id in ids if article_id in repeated]
    if len(copies) < len(ids):
        return LedgerEntry(path=source, state="article", articles=ids, reason=wrong)
    said = f"has the text of {copies[0]}{_and_more(copies)}"
    reason = f"{said}; {wrong}" if wrong else said
    return LedgerEntry(path=source, state="duplicate", articles=ids, reason=reason)
