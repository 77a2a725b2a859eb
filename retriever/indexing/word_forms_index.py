"""Counting words as they are written, article by article; what was counted before is taken over."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from retriever.index.store import Store
from retriever.index.word_forms import WORD_FORMS
from retriever.indexing.lexical_writer import CountedBefore, LexicalWriter
from retriever.indexing.word_index import TOLD_EVERY, TakenOver, rows_now
from retriever.text.word_forms import index_forms


def write_word_forms(
    store: Store, folder: Path, *, taken: TakenOver | None, step: Callable[[int, int], None]
) -> None:
    """Write the forms of words of a store into ``folder``.

    What ``taken`` tells is taken from its generation, if that has them. ``step`` is told how many
    articles are counted, of how many.
    """
    kept = _kept(taken)
    missing = np.arange(store.count_articles())
    if kept:
        missing = np.setdiff1d(missing, kept.rows)
    with LexicalWriter(folder / WORD_FORMS, before=kept) as writer:
        for done, row in enumerate(missing.tolist()):
            if done % TOLD_EVERY == 0:
                step(done, len(missing))
            article = store.article_at(row)
            writer.add(row, [*index_forms(article.title or "", article.text)])
        writer.finish_unscored(tick=lambda: step(len(missing), len(missing)))


def _kept(taken: TakenOver | None) -> CountedBefore | None:
    if taken is None:
        return None
    return CountedBefore(index=taken.generation.word_forms.postings, rows=rows_now(taken))
