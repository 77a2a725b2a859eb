"""Which reader reads a file: told by the ending of its name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from retriever.corpus.formats.archives.expanding import COMPRESSED
from retriever.corpus.source import SourceFile
from retriever.records import Article, Failure

_Reader = Callable[[SourceFile], Iterator[Article | Failure]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How files of one kind are read.

    ``apart`` is for readers that a file may crash, stall or bloat: they run in a process of their
    own. Those of plain text and JSON Lines cannot be, and are as fast as they are in this one.
    ``reader`` is named, not imported: the libraries behind them take most of a second to load, and
    most are needed in the process apart only. Files that hold ``one_article`` and no more may have
    all of it stated by a sidecar.
    """

    reader: str
    endings: tuple[str, ...]
    apart: bool = True
    one_article: bool = False

    def read(self, source: SourceFile) -> Iterator[Article | Failure]:
        """Yield what the reader makes of a file."""
        module, _, name = self.reader.rpartition(".")
        reader: _Reader = getattr(import_module(f"retriever.corpus.formats.{module}"), name)
        yield from reader(source)


_FORMATS = (
    Format(reader="plain.read_plain", endings=(".txt", ".text"), apart=False, one_article=True),
    Format(
        reader="webpage.reader.read_webpage",
        endings=(".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht"),
        one_article=True,
    ),
    Format(
        reader="json.reader.read_json_lines",
        endings=(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
        apart=False,
    ),
    Format(reader="json.reader.read_json_file", endings=(".json",)),
    Format(reader="markdown.read_markdown", endings=(".md", ".markdown"), one_article=True),
    Format(reader="pdf.reader.read_pdf", endings=(".pdf",), one_article=True),
    Format(reader="word.read_word", endings=(".docx",), one_article=True),
    Format(reader="epub.read_epub", endings=(".epub",)),
    Format(reader="xml.reader.read_xml", endings=(".xml", ".rss", ".atom", ".newsml")),
    Format(reader="xml.reader.read_xml", endings=(".nitf",), one_article=True),
)
BY_ENDING = {ending: one for one in _FORMATS for ending in one.endings}
"""The format of each ending, archives left out: their members are read by their own."""

ARCHIVES = (
    *(".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz"),
    *COMPRESSED,  # one file of a format that is read
)
FORMATS = ", ".join((*(one.endings[0] for one in _FORMATS), *ARCHIVES[:3], COMPRESSED[0]))
"""An ending of each format that is read, to show to a person."""


def readable_endings() -> tuple[str, ...]:
    """Return every ending of a file that is read as it is; see :data:`COMPRESSED` for others."""
    return tuple(ending for ending in (*BY_ENDING, *ARCHIVES) if ending not in COMPRESSED)


def ending_of(name: str) -> str | None:
    """Return the ending by which a file is read, ``None`` if it is not one of those."""
    lower = name.lower()
    known = (ending for ending in (*BY_ENDING, *ARCHIVES) if lower.endswith(ending))
    ending = max(known, key=len, default=None)
    if ending in COMPRESSED and not ending_of(lower.removesuffix(ending)):
        return None
    return ending


def is_read(name: str) -> bool:
    """Return whether a file of this name is of a format that is read."""
    return ending_of(name) is not None
