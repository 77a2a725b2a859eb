"""Small real indexes for the page's tests: files written, built and opened as the library does.

The encoder is the hashing one and there is no reader, so that nothing is loaded; all else is what
the product runs.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from retriever import Article, Index, open_index
from retriever.settings import BUNDLED_ENCODER
from tests.building import build_with
from tests.hashing_encoder import HashingEncoder

NOTED = (
    "A Headline\n\nThe first sentence stands here. “China supports Russia,” he said.[1]\n"
    "A second line names Ding.[2] And ends.\n\nA heading\n\nLast words.\n"
    "[1] A Source & Co, 2023\n[2] Ibid\n"
)
SIDECAR = """\
title = "A Headline"
author = "A. Writer"
publisher = "The Paper"
published = 2023-06-25
url = "https://example.org/a?b=1&c=2"
language = "en"
"""
# One article with everything, one of which little is known, and a file that gives none.
FILES: Mapping[str, str] = {
    "article.txt": NOTED,
    "article.txt.meta.toml": SIDECAR,
    "b.txt": "Nothing is known of this text. It says little.",
    "c.txt": "",
}

# What these articles answer, a follow-up that leans on it, and what they do not answer.
QUESTION = "Who said that China supports Russia?"
QUOTED = "“China supports Russia,” he said."
FOLLOW_UP = "And what did he say about Ding?"
CARRIED = "China supports Russia"
UNANSWERED = "Which zebras does Russia keep?"
HISTORY = [{"role": "user", "content": QUESTION}, {"role": "assistant", "content": QUOTED}]


def index_of(files: Mapping[str, str], folder: Path) -> Index:
    """Return an index of these files, by name, made inside ``folder``."""
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in files.items():
        (corpus / name).write_text(text, encoding="utf-8")
    return index_over(corpus, folder / "index")


def index_over(corpus: Path, folder: Path) -> Index:
    """Return an index of a corpus, made in ``folder``."""
    build_with(HashingEncoder(), corpus, folder, name=BUNDLED_ENCODER)
    return open_with(HashingEncoder(), folder)


def open_with(encoder: HashingEncoder, folder: Path) -> Index:
    """Open an index that this encoder made."""
    return open_index(folder, reader="none", load=lambda _: encoder)


def records(*articles: Mapping[str, object]) -> dict[str, str]:
    """Return the one file of a corpus of records, each with its fields."""
    return {"articles.jsonl": "".join(f"{json.dumps(article)}\n" for article in articles)}


class Altered:
    """A real index with some articles of a test's own in place of, or beside, the stored ones."""

    def __init__(self, index: Any, *articles: Article) -> None:
        """Give these articles by their ids."""
        self._index = index
        self._given = {article.id: article for article in articles}

    def __getattr__(self, name: str) -> Any:
        """Do all else as the index does."""
        return getattr(self._index, name)

    def article(self, article_id: str) -> Article:
        """Return the article given, else the stored one."""
        given: Article = self._given.get(article_id) or self._index.article(article_id)
        return given


def with_articles(index: Index, *articles: Article) -> Any:
    """Return the index with these articles in place of, or beside, its own."""
    return Altered(index, *articles)
