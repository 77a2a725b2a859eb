"""From a source file to its articles, whatever its format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module

from retriever.corpus.apart import read_apart
from retriever.corpus.archives import Allowance, members
from retriever.corpus.composing import one_line
from retriever.corpus.expanding import COMPRESSED
from retriever.corpus.sidecar import Sidecar, apply, read_sidecar
from retriever.corpus.source import NOT_A_FILE, SourceFile
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

# Raised whenever the same file would give other articles: reading, cleaning, metadata.
READING = 3

_Reader = Callable[[SourceFile], Iterator[Article | Failure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Format:
    """How files of one kind are read.

    ``apart`` is for readers that a file may crash, stall or bloat: they run in a process of their
    own. Those of plain text and JSON Lines cannot be, and are as fast as they are in this one.
    ``reader`` is named, not imported: the libraries behind them take most of a second to load, and
    most are needed in the process apart only.
    """

    reader: str
    endings: tuple[str, ...]
    apart: bool = True

    def read(self, source: SourceFile) -> Iterator[Article | Failure]:
        """Yield what the reader makes of a file."""
        module, _, name = self.reader.partition(".")
        reader: _Reader = getattr(import_module(f"retriever.corpus.{module}"), name)
        yield from reader(source)


_FORMATS = (
    _Format(reader="plain.read_plain", endings=(".txt", ".text"), apart=False),
    _Format(
        reader="webpage.read_webpage",
        endings=(".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht"),
    ),
    _Format(
        reader="jsonl.read_jsonl",
        endings=(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
        apart=False,
    ),
    _Format(reader="json_articles.read_json", endings=(".json",)),
    _Format(reader="markdown.read_markdown", endings=(".md", ".markdown")),
    _Format(reader="pdf.read_pdf", endings=(".pdf",)),
    _Format(reader="word.read_word", endings=(".docx",)),
    _Format(reader="epub.read_epub", endings=(".epub",)),
    _Format(reader="xml_articles.read_xml", endings=(".xml", ".rss", ".atom", ".nitf", ".newsml")),
)
_BY_ENDING = {ending: one for one in _FORMATS for ending in one.endings}

_ARCHIVES = (
    *(".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
    *COMPRESSED,  # one file of a format that is read
)
_ENDINGS = sorted((*_BY_ENDING, *_ARCHIVES), key=len, reverse=True)
FORMATS = ", ".join((*(one.endings[0] for one in _FORMATS), *_ARCHIVES[:3], COMPRESSED[0]))
"""An ending of each format that is read, to show to a person."""


def read_source(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield the file's articles in order, and a failure for each part that cannot be read.

    Nothing is raised: a bad file gives one failure, a bad record one that names its line, a bad
    sidecar one that names the sidecar while the article is read without it. A file of many
    articles is read as a stream. A reason is one line.
    """
    for item in _read(source, None):
        if isinstance(item, Failure):
            yield replace(item, reason=one_line(item.reason) or "cannot be read")
        else:
            yield item


def read_here(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield what the file's own reader gives, in this process, and a failure where it stops.

    Whatever it raises beyond that is a fault of the reader.
    """
    try:
        yield from _BY_ENDING[format_of(source.path) or ""].read(source)
    except UnreadableError as error:
        yield Failure(path=source.path, reason=str(error))
    except RecursionError:
        yield Failure(path=source.path, reason="is nested too deeply to be read")
    except OSError as error:
        yield Failure(path=source.path, reason=_why(error))


def format_of(name: str) -> str | None:
    """Return the ending by which a file is read, ``None`` if it is not one of those."""
    lower = name.lower()
    ending = next((ending for ending in _ENDINGS if lower.endswith(ending)), None)
    if ending in COMPRESSED and not format_of(lower.removesuffix(ending)):
        return None
    return ending


def _read(source: SourceFile, allowance: Allowance | None) -> Iterator[Article | Failure]:
    """Yield what a file holds; ``allowance`` is what is left for a member of an archive."""
    ending = format_of(source.path)
    if source.problem or ending is None:
        yield Failure(path=source.path, reason=source.problem or f"is not one of {FORMATS}")
        return
    sidecar = read_sidecar(source)
    if isinstance(sidecar, Failure):
        yield sidecar
        sidecar = Sidecar()
    for item in _items(source, ending, allowance):
        yield apply(sidecar, item) if isinstance(item, Article) else item


def is_read(name: str) -> bool:
    """Return whether a file of this name is of a format that is read."""
    return format_of(name) is not None


def _items(
    source: SourceFile, ending: str, allowance: Allowance | None
) -> Iterator[Article | Failure]:
    """Yield what a file or archive holds, whichever process reads it."""
    if ending in _ARCHIVES:
        yield from _in_archive(source, allowance or Allowance())
    elif _BY_ENDING[ending].apart:
        yield from read_apart(source)
    else:
        yield from read_here(source)


def _in_archive(source: SourceFile, allowance: Allowance) -> Iterator[Article | Failure]:
    """Yield what the members of an archive hold; ``path`` of their articles is the archive's."""
    try:
        for member in members(source, allowance, is_read=is_read):
            if isinstance(member, Failure):
                yield member
                continue
            for item in _read(member, allowance.inside()):
                yield replace(item, path=source.path) if isinstance(item, Article) else item
    except UnreadableError as error:
        yield Failure(path=source.path, reason=str(error))
    except OSError as error:
        yield Failure(path=source.path, reason=_why(error))


def _why(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, FileNotFoundError):
        return "was removed while the corpus was read"
    if error.strerror == NOT_A_FILE:
        return NOT_A_FILE
    return f"cannot be read: {error.strerror or error}"
