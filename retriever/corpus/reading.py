"""From a source file to its articles, whatever its format."""

from collections.abc import Callable, Iterator

from retriever.corpus.jsonl import read_jsonl
from retriever.corpus.plain import read_plain
from retriever.corpus.sidecar import Sidecar, apply, read_sidecar
from retriever.corpus.source import SourceFile
from retriever.corpus.webpage import read_webpage
from retriever.records import Article, Failure

# Raised whenever the same file would give other articles: reading, cleaning, metadata.
READING = 2

_Reader = Callable[[SourceFile], Iterator[Article | Failure]]

_READERS: dict[str, _Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".html": read_webpage,
    ".htm": read_webpage,
    ".xhtml": read_webpage,
    ".shtml": read_webpage,
    ".mhtml": read_webpage,
    ".mht": read_webpage,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".ndjson.gz": read_jsonl,
}

FORMATS = ", ".join(_READERS)
"""The endings of the files that are read, to show to a person."""


def read_source(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the file's articles in order, and a failure for each part that cannot be read.

    Nothing is raised: a bad file gives one failure, a bad record one that names its line, a bad
    sidecar one that names the sidecar while the article is read without it. A file of many
    articles is read as a stream.
    """
    ending = format_of(source.path)
    if source.problem or ending is None:
        yield Failure(path=source.path, reason=source.problem or f"is not one of {FORMATS}")
        return
    sidecar = read_sidecar(source)
    if isinstance(sidecar, Failure):
        yield sidecar
        sidecar = Sidecar()
    try:
        for item in _READERS[ending](source):
            yield apply(sidecar, item) if isinstance(item, Article) else item
    except PermissionError:
        yield Failure(path=source.path, reason="no permission to read it")
    except FileNotFoundError:
        yield Failure(path=source.path, reason="was removed while the corpus was read")
    except OSError as error:
        yield Failure(path=source.path, reason=f"cannot be read: {error.strerror or error}")


def format_of(name: str) -> str | None:
    """Return the ending by which a file is read, ``None`` if it is not one of those."""
    lower = name.lower()
    return next((ending for ending in _READERS if lower.endswith(ending)), None)
