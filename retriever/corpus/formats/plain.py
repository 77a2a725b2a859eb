"""Plain text: a saved article without markup, its headline, date and notes found in its lines."""

from collections.abc import Iterator

from retriever.corpus.article.footnotes import find_footnotes
from retriever.corpus.article.head import take_metadata
from retriever.corpus.article.headings import find_headings
from retriever.corpus.cleaning import clean
from retriever.corpus.decoding import decode
from retriever.corpus.source import SourceFile, read_bytes, text_digest
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

LARGEST_ARTICLE = 20_000_000
"""Bytes of one plain-text file. The longest novels have six million; beyond this it is a dump, and
cutting it into passages would take more than a gigabyte of memory."""


def read_plain(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the one article of a plain-text file.

    Its id is its path. What the text does not state about itself stays ``None``.
    """
    stated = take_metadata(clean(decode(read_bytes(source, LARGEST_ARTICLE))))
    text = clean(stated.rest)
    if not text:
        raise UnreadableError("holds no text of an article")
    footnotes = find_footnotes(text)
    yield Article(
        id=source.path,
        path=source.path,
        text=text,
        sha256=text_digest(text),
        title=stated.title,
        author=stated.author,
        published=stated.published,
        headings=find_headings(text, footnotes),
        footnotes=footnotes,
    )
