"""From a draft's file to its text: by the readers of the corpus, in their process apart.

A draft may come from anybody. Plain text and Markdown are taken as they stand, so that the places
of quotations are those of the file; nothing of what is read is kept.
"""

import os
from pathlib import Path

from retriever.corpus import ReaderPool, SourceFile, read_source
from retriever.corpus.article.composing import one_line
from retriever.corpus.decoding import decode
from retriever.corpus.formats.endings import BY_ENDING, ending_of
from retriever.corpus.source import read_bytes
from retriever.errors import DraftError, UnreadableError
from retriever.records import Article, Failure

LARGEST_DRAFT = 20_000_000
"""Bytes of the file of a draft."""
SECONDS_TO_READ = 30.0
_AS_IT_IS = (".txt", ".text", ".md", ".markdown")
_ONE_ARTICLE = sorted({ending for ending, one in BY_ENDING.items() if one.one_article})


def read_draft(file: Path, *, name: str | None = None) -> str:
    """Return the text of a draft; ``name``, if not the file's own, says by its ending what it is.

    :raises DraftError: when it is too large, is none of the formats that hold one text, or holds
        none that can be read.
    """
    name = name or file.name
    try:
        return _in_lines(_text_of(_source(file, name)))
    except UnreadableError as error:
        raise DraftError(f"{one_line(name)} {error}") from error
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        raise DraftError(f"cannot read {one_line(name)}: {reason}") from error


def decode_draft(data: bytes) -> str:
    """Return the text of a draft that came as bytes of plain text.

    :raises DraftError: when they are too many, or no text.
    """
    if len(data) > LARGEST_DRAFT:
        raise DraftError(f"the draft is larger than {LARGEST_DRAFT:,} bytes; check it in parts")
    try:
        return _in_lines(decode(data))
    except UnreadableError as error:
        raise DraftError(f"the draft {error}") from error


def _source(file: Path, name: str) -> SourceFile:
    status = file.stat()
    if status.st_size > LARGEST_DRAFT:
        raise UnreadableError(f"is larger than {LARGEST_DRAFT:,} bytes; check it in parts")
    return SourceFile(
        path=name, location=file.resolve(), size=status.st_size, mtime_ns=status.st_mtime_ns
    )


def _text_of(source: SourceFile) -> str:
    ending = ending_of(source.path)
    if ending in _AS_IT_IS:
        return decode(read_bytes(source, LARGEST_DRAFT))
    if ending not in BY_ENDING or not BY_ENDING[ending].one_article:
        raise UnreadableError(f"is not one of {', '.join(_ONE_ARTICLE)}")
    return _read_apart(source)


def _read_apart(source: SourceFile) -> str:
    """Return what a reader of the corpus finds in the file, its title before its text."""
    with ReaderPool(seconds_a_file=SECONDS_TO_READ) as readers:
        items = [*read_source(source, readers)]
    texts = [
        "\n\n".join(filter(None, (item.title, item.text)))
        for item in items
        if isinstance(item, Article)
    ]
    if not texts:
        reasons = (item.reason for item in items if isinstance(item, Failure))
        raise UnreadableError(next(reasons, "holds no text"))
    return "\n\n".join(texts)


def _in_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
