"""Compressed data, and the members of archives, read no further than an honest file goes."""

import bz2
import gzip
import lzma
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from typing import IO, BinaryIO, Protocol, Self, cast

from retriever.errors import UnreadableError

RATIO = 200
"""How many times its own size a file may unfold to: text gains up to 20, like records 100."""
HONEST = 100_000_000
"""Bytes that any file may unfold to, however small it is."""
MOST = 4_000_000_000
"""Bytes that no file may unfold to, however large it is."""

MOST_MEMBERS = 65_535
"""Members of one archive; newsrooms' daily exports have hundreds to thousands."""

DAMAGE = (EOFError, gzip.BadGzipFile, lzma.LZMAError, zlib.error, MemoryError)
"""What the decompressors raise about damaged data, beside an ``OSError`` from bz2."""

TAR_DAMAGE = (tarfile.TarError, ValueError)
"""What tarfile raises about damaged archives, beside what decompressors and reading raise."""

COMPRESSED = (".gz", ".bz2", ".xz")

_OPENERS: dict[str, Callable[[BinaryIO], object]] = {
    "gz": lambda stream: gzip.GzipFile(fileobj=stream),
    "bz2": bz2.BZ2File,
    "xz": lzma.LZMAFile,
}
_LARGEST_READ = 32_000_000


class Stream(Protocol):
    """What a member is read from."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, none at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file inside an archive.

    ``packed`` is how many bytes it takes up there, ``None`` where members are not compressed one
    by one. ``problem`` says why it is not to be opened.
    """

    name: str
    packed: int | None
    open: Callable[[], AbstractContextManager[Stream]]
    problem: str | None = None


class Expanding:
    """A file's bytes, unfolded as its name says it is compressed.

    It reads as a binary file does; past the limits, :class:`UnreadableError` is raised.
    """

    def __init__(self, open_file: Callable[[], BufferedReader], name: str) -> None:
        """Open a file whose ending in the corpus is that of ``name``."""
        self._file = open_file()
        ending = next((kind for kind in _OPENERS if name.lower().endswith(kind)), None)
        stream = _OPENERS[ending](self._file) if ending else self._file
        self._stream = cast("IO[bytes]", stream)
        self._size = os.fstat(self._file.fileno()).st_size
        self._most = min(MOST, HONEST + RATIO * self._size) if ending else MOST

    def __enter__(self) -> Self:
        """Return it, to be closed at the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._stream.close()
        self._file.close()

    def read(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer only at the end."""
        # tarfile asks for a header as large as the archive claims it to be.
        if not 0 <= size <= _LARGEST_READ:
            raise UnreadableError(f"has a part that claims {size:,} bytes")
        data = self._stream.read(size)
        self._check(self.tell())
        return data

    def readline(self, size: int) -> bytes:
        """Return the next line, cut after ``size`` bytes."""
        line = self._stream.readline(size)
        self._check(self.tell())
        return line

    def seek(self, offset: int) -> int:
        """Go to a place counted from the start."""
        self._check(offset)
        return self._stream.seek(offset)

    def tell(self) -> int:
        """Return how many bytes stand before the next one."""
        return self._stream.tell()

    def _check(self, place: int) -> None:
        if place > self._most:
            raise UnreadableError(f"unfolds to more than {self._most:,} bytes from {self._size:,}")


@contextmanager
def open_tar(open_file: Callable[[], BufferedReader], name: str) -> Iterator[Iterator[Member]]:
    """Open a tar archive called ``name``, compressed or not, and give its members in their order.

    :raises UnreadableError: when it is no archive, damaged, or holds too many members.
    """
    with Expanding(open_file, name) as stream:
        try:
            archive = tarfile.TarFile(fileobj=cast("IO[bytes]", stream), errors="surrogateescape")
        except TAR_DAMAGE as error:
            raise UnreadableError(f"is not a whole tar archive: {error}") from error
        with archive:
            yield _tar_members(archive)


def _tar_members(archive: tarfile.TarFile) -> Iterator[Member]:
    for number, info in enumerate(archive):
        if number >= MOST_MEMBERS:
            raise UnreadableError(f"holds more than {MOST_MEMBERS:,} members; the rest is not read")
        if info.isreg():  # links, pipes and devices are no articles
            opened = cast("Callable[[], IO[bytes]]", partial(archive.extractfile, info))
            yield Member(name=info.name, packed=None, open=opened)
