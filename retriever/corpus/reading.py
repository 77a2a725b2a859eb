"""From a source file to its articles, whatever its format."""

import errno
import logging
import re
from collections.abc import Iterator
from dataclasses import replace

from retriever.corpus.article.composing import About, one_line
from retriever.corpus.formats.archives.reader import ArchiveAllowance, members
from retriever.corpus.formats.endings import BY_ENDING, FORMATS, ending_of, is_read
from retriever.corpus.reader_pool import ReaderPool
from retriever.corpus.sidecar import apply, read_sidecar
from retriever.corpus.source import NOT_A_FILE, SourceFile, is_passing
from retriever.errors import UnreadableError
from retriever.records import Article, Failure

# Raised whenever the same file would give other articles: reading, cleaning, metadata.
READING = 6

_log = logging.getLogger(__name__)
_LONGEST_REASON = 200

# Characters: base64 has lines of 64 and 76, and the longest English word in a dictionary 45.
_CODED_WORD = re.compile(r"[!-~]{60,}")
_FEWEST_CODED, _MOSTLY = 20_000, 0.8  # and the share of the text

_DAMAGED = "\ufffd"  # stands where bytes, or the letters of a PDF, are no characters


def read_source(source: SourceFile, readers: ReaderPool) -> Iterator[Article | Failure]:
    """Yield the file's articles in order, and a failure for each part that cannot be read.

    ``readers`` reads what a file may do harm with; who holds it can cancel that at any moment.
    No exception leaves it: a bad file gives one failure, a bad record one that names its line, a
    bad sidecar one that names the sidecar while the article is read without it. A file of many
    articles is read as a stream. A reason is one line. An article in which characters could not be
    read has a warning that says in how many places.
    """
    for item in _guarded(source, _read_with_sidecar(source, readers, ArchiveAllowance())):
        if isinstance(item, Failure):
            yield replace(item, reason=one_line(item.reason) or "cannot be read")
        elif coded := _characters_of_no_prose(item.text):
            reason = (
                f"{item.id} is no text to be quoted: {coded:,} characters of words that are none"
            )
            yield Failure(path=source.path, reason=reason)
        elif damaged := item.text.count(_DAMAGED) + (item.title or "").count(_DAMAGED):
            places = "1 place" if damaged == 1 else f"{damaged:,} places"
            warning = f"its source is damaged: {_DAMAGED} stands in {places}"
            yield replace(item, warnings=(*item.warnings, warning))
        else:
            yield item


def _characters_of_no_prose(text: str) -> int:
    """Return how many characters stand in words of no language, if they are most of a long text.

    Coded data does, in one line or in many: 4 MB in base64 were encoded for eleven minutes. Scripts
    without blanks are not of ASCII; a page of addresses is no prose either. Else 0.
    """
    if len(text) < _FEWEST_CODED:
        return 0
    coded = sum(len(word) for word in _CODED_WORD.findall(text))
    return coded if coded >= max(_FEWEST_CODED, _MOSTLY * len(text)) else 0


def _guarded(source: SourceFile, items: Iterator[Article | Failure]) -> Iterator[Article | Failure]:
    """Yield the items, and a failure where a reader of ours breaks: one file never ends a build."""
    try:
        yield from items
    except MemoryError:
        yield Failure(path=source.path, reason="needs more memory than there is", passing=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other files are read
        _log.exception("the reader of %s broke", source.path)
        reason = f"stopped its reader: {type(error).__name__}: {str(error)[:_LONGEST_REASON]}"
        yield Failure(path=source.path, reason=reason)


def read_here(source: SourceFile) -> Iterator[Article | Failure]:
    """Yield what the file's own reader gives, in this process, and a failure where it stops.

    Whatever it raises beyond that is a fault of the reader.
    """
    try:
        yield from BY_ENDING[ending_of(source.path) or ""].read(source)
    except UnreadableError as error:
        yield Failure(path=source.path, reason=str(error))
    except RecursionError:
        yield Failure(path=source.path, reason="is nested too deeply to be read")
    except OSError as error:
        yield unreadable(source.path, error)


def _read_with_sidecar(
    source: SourceFile, readers: ReaderPool, allowance: ArchiveAllowance
) -> Iterator[Article | Failure]:
    """Yield what a file holds; ``allowance`` is what an archive may expand to."""
    ending = ending_of(source.path)
    if source.problem or ending is None:
        yield Failure(path=source.path, reason=source.problem or f"is not one of {FORMATS}")
        return
    kind = BY_ENDING.get(ending)  # an archive has none
    sidecar = read_sidecar(source, one_article=kind is not None and kind.one_article)
    if isinstance(sidecar, Failure):
        yield sidecar
        sidecar = About()
    if kind is None:
        items = _in_archive(source, readers, allowance)
    else:
        items = readers.read(source) if kind.apart else read_here(source)
    for item in items:
        yield apply(sidecar, item) if isinstance(item, Article) else item


def _in_archive(
    source: SourceFile, readers: ReaderPool, allowance: ArchiveAllowance
) -> Iterator[Article | Failure]:
    """Yield what the members of an archive hold; ``path`` of their articles is the archive's."""
    empty = True
    try:
        for member in members(source, allowance, is_read=is_read):
            empty = False
            if isinstance(member, Failure):
                yield member
                continue
            for item in _read_with_sidecar(member, readers, allowance.inside()):
                yield replace(item, path=source.path) if isinstance(item, Article) else item
        if empty:
            yield Failure(path=source.path, reason="holds no file that is read")
    except UnreadableError as error:
        yield Failure(path=source.path, reason=str(error))
    except OSError as error:
        yield unreadable(source.path, error)


def unreadable(path: str, error: OSError) -> Failure:
    """Return the failure that an error of the system makes of a file."""
    return Failure(path=path, reason=_why_unreadable(error), passing=is_passing(error))


def _why_unreadable(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "no permission to read it"
    if isinstance(error, FileNotFoundError):
        return "was removed while the corpus was read"
    if error.errno == errno.ELOOP:
        return "became a link while the corpus was read; links are not followed"
    if error.strerror == NOT_A_FILE:
        return NOT_A_FILE
    return f"cannot be read: {error.strerror or error}"
