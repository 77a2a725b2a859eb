"""Plain text: a saved article without markup, its headline, date and notes found in its lines."""

from collections.abc import Iterator

from retriever.corpus.article.footnotes import find_footnotes
from retriever.corpus.article.head import take_metadata
from retriever.corpus.article.headings import find_headings
from retriever.corpus.cleaning.lines import clean
from retriever.corpus.decoding import decode
from retriever.corpus.source import SourceFile, read_bytes, text_digest
from retriever.records import Article, Failure

LARGEST_ARTICLE = 20_000_000
"""Bytes of one plain-text file. The longest novels have six million; beyond this it is a dump, and
cutting it into passages would take more than a gigabyte of memory."""


def read_plain(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the one article of a plain-text file, or why there is none.

    Its id is its path. What the text does not state about itself stays ``None``.
    """
    yield _plain_article(source.path, decode(read_bytes(source, LARGEST_ARTICLE)))


def _plain_article(path: str, raw: str) -> Article | Failure:
    stated = take_metadata(clean(raw))
    text = clean(stated.rest)
    if not text:
        return Failure(path=path, reason="holds no text of an article")
    footnotes = find_footnotes(text)
    notes = min((note.entry.start for note in footnotes), default=len(text))
    return Article(
        id=path,
        path=path,
        text=text,
        sha256=text_digest(text),
        title=stated.title,
        author=stated.author,
        published=stated.published,
        headings=find_headings(text, end=notes),
        footnotes=footnotes,
    )
