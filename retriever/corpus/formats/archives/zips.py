"""The members of a zip archive."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from operator import itemgetter
from typing import BinaryIO

from retriever.corpus.formats.archives.expanding import HONEST, MOST_MEMBERS, RATIO, Member
from retriever.corpus.formats.archives.member_names import decoded_names
from retriever.errors import UnreadableError

DAMAGE = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, struct.error, ValueError),
    *(zlib.error, EOFError),
)
"""What zipfile raises about damaged archives and their members."""

LARGEST_PACKAGE = 500_000_000
"""Bytes that all parts of a document together may unfold to; pictures are most of it."""

_OLE = b"\xd0\xcf\x11\xe0"  # old Office files, and new ones with a password
_END = b"PK\x05\x06"
_END_LENGTH = 22
# In the record at the end, how many bytes the directory has; in an entry of it, the lengths of its
# name, its extra field and its comment.
_SIZE, _SIZE_AT = struct.Struct("<I"), 12
_ENTRY, _ENTRY_LENGTH = b"PK\x01\x02", 46
_LENGTHS, _LENGTHS_AT = struct.Struct("<3H"), 28
_LONGEST_COMMENT = 65_535
_LOCATOR = b"PK\x06\x07"  # of the end of a ZIP64 archive
_LOCATOR_LENGTH = 20
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unfold without a limit


@contextmanager
def open_zip(open_file: Callable[[], BinaryIO]) -> Iterator[Iterator[Member]]:
    """Open an archive and give its members, in the order of their names.

    :raises UnreadableError: when it is no archive, damaged, or lists too many members.
    """
    with open_file() as stream, _opened_zip(stream, "zip archive") as archive:
        yield _zip_members(archive)


def _opened_zip(stream: BinaryIO, what: str) -> zipfile.ZipFile:
    """Open what is called ``what``, and refuse what would unfold without end."""
    length = _check_directory(stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (*DAMAGE, OverflowError) as error:
        raise UnreadableError(f"is not a whole {what}: {error}") from error
    # Members that share their bytes make a small file unfold without end.
    if sum(member.compress_size for member in archive.infolist()) > length:
        raise UnreadableError("is an archive bomb: its members overlap")
    return archive


def _check_directory(stream: BinaryIO) -> int:
    """Return the length of a zip archive.

    :raises UnreadableError: when its directory would fill memory: every entry becomes an object.
    """
    length = stream.seek(0, 2)
    stream.seek(max(0, length - _END_LENGTH - _LONGEST_COMMENT - _LOCATOR_LENGTH))
    tail = stream.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < _END_LENGTH:
        raise UnreadableError("is not a whole zip archive: it has no directory")
    if _LOCATOR in tail[max(0, end - _LOCATOR_LENGTH) : end]:
        message = f"is a ZIP64 archive; make one of at most {MOST_MEMBERS:,} files and 4 GB"
        raise UnreadableError(message)
    (size,) = _SIZE.unpack_from(tail, end + _SIZE_AT)
    _count_entries(stream, length - len(tail) + end - size, size)
    stream.seek(0)
    return length


def _count_entries(stream: BinaryIO, start: int, size: int) -> None:
    """Refuse a directory of too many entries; how many it says it has need not be so."""
    stream.seek(max(0, start))
    directory, at, entries = stream.read(size), 0, 0
    while directory.startswith(_ENTRY, at) and at + _ENTRY_LENGTH <= len(directory):
        entries += 1
        if entries > MOST_MEMBERS:
            message = f"lists more than {MOST_MEMBERS:,} files; make several archives of them"
            raise UnreadableError(message)
        at += _ENTRY_LENGTH + sum(_LENGTHS.unpack_from(directory, at + _LENGTHS_AT))


def _zip_members(archive: zipfile.ZipFile) -> Iterator[Member]:
    """Yield the members but folders and links, in the order of their names."""
    infos = archive.infolist()
    named = zip(decoded_names([info.filename for info in infos]), infos, strict=True)
    for name, info in sorted(named, key=itemgetter(0)):
        # Of one without a name zipfile cannot tell whether it is a folder.
        is_folder = info.filename.endswith("/")
        if not is_folder and not stat.S_ISLNK(info.external_attr >> 16):
            yield Member(
                name=name,
                packed=info.compress_size,
                open=partial(archive.open, info),
                problem=_why_not_opened(info),
            )


def _why_not_opened(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted; unpack it with its password"
    if info.compress_type not in _METHODS:
        return "is compressed by a method that is not read; pack it anew as an ordinary zip"
    return None


def open_package(data: bytes, what: str) -> zipfile.ZipFile:
    """Return the parts of a document that is a zip inside, checked against the same limits.

    :raises UnreadableError: when ``data`` is no such document, or a bomb; ``what`` names the kind.
    """
    if data.startswith(_OLE):
        message = f"is locked with a password, or no {what} but of an older kind; save it anew"
        raise UnreadableError(message)
    package = _opened_zip(BytesIO(data), f"{what} document")
    problem = next(filter(None, map(_why_not_opened, package.infolist())), None)
    if problem:
        raise UnreadableError(f"has a part that {problem}")
    size = sum(info.file_size for info in package.infolist())
    if size > min(LARGEST_PACKAGE, HONEST + RATIO * len(data)):
        raise UnreadableError(f"unfolds to {size:,} bytes from {len(data):,}")
    return package


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of a part.

    :raises UnreadableError: when it is missing or damaged.
    """
    try:
        return package.read(name)
    except KeyError as error:
        raise UnreadableError(f"lacks its part {name[:80]}") from error
    except DAMAGE as error:
        raise UnreadableError(f"has a damaged part {name[:80]}: {error}") from error
