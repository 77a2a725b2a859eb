"""A file that may hold articles, as it was found; reading it comes later."""

import errno
import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from retriever.errors import UnreadableError

SIDECAR = ".meta.toml"
# What the system says of itself and not of the file: it can be otherwise next time.
_PASSING_NAMES = (
    *("EAGAIN", "EDQUOT", "EINTR", "EIO", "EMFILE", "ENFILE"),
    *("ENOBUFS", "ENOMEM", "ENOSPC", "ESTALE", "ETIMEDOUT"),
)
_PASSING = {getattr(errno, name) for name in _PASSING_NAMES if hasattr(errno, name)}
NOT_A_FILE = "is a pipe, socket or device, not a file"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of the corpus, described without opening it.

    ``path`` is relative to the corpus, with ``/``, and can be written as UTF-8 whatever the file's
    name is; ``location`` opens it. ``sidecar_size`` and ``sidecar_mtime_ns`` describe the file
    ``NAME.meta.toml`` beside it, ``None`` where there is none. ``changed_ns`` is when the later of
    the two was last changed, its permissions and name included (nanoseconds since the epoch).
    ``problem`` says why the file is not to be opened at all: a format that is not read, a device, a
    folder without permission. ``within`` is the folder above ``location`` in which nothing may have
    become a link when it is opened: the corpus.
    """

    path: str
    location: Path
    size: int
    mtime_ns: int
    sidecar_size: int | None = None
    sidecar_mtime_ns: int | None = None
    changed_ns: int = 0
    problem: str | None = None
    within: Path | None = None

    def open(self) -> BufferedReader:
        """Open the file to read it.

        :raises OSError: as :func:`open_file` does.
        """
        return open_file(self.location, within=self.within)

    def open_sidecar(self) -> BufferedReader:
        """Open its sidecar to read it.

        :raises OSError: as :func:`open_file` does.
        """
        return open_file(sidecar_of(self.location), within=self.within)

    @property
    def sidecar(self) -> Path | None:
        """The file with metadata that the article's own file does not carry, if there is one."""
        return sidecar_of(self.location) if self.sidecar_size is not None else None

    @property
    def stamp(self) -> str:
        """A short text that changes when the file or its sidecar may have changed."""
        # The time of change cannot be set back as the time of modification can.
        own = (self.size, self.mtime_ns, self.changed_ns)
        parts = (*own, self.sidecar_size, self.sidecar_mtime_ns, self.problem)
        return ":".join("" if part is None else str(part) for part in parts)


def sidecar_of(file: Path) -> Path:
    """Return where the sidecar of ``file`` would be."""
    return file.with_name(f"{file.name}{SIDECAR}")


def writable_name(name: str) -> str:
    r"""Return a file's name as text; bytes that are no UTF-8 are written as ``\xe9``."""
    return os.fsencode(name.replace("\0", "")).decode("utf-8", "backslashreplace")


def open_file(path: Path, *, within: Path | None = None) -> BufferedReader:
    """Open a file to read it; what became a pipe, device or link since it was listed is not opened.

    Nor is what lies in a folder that became a link, below the folder ``within``, itself left out:
    that one may be a link, a person names it.

    :raises OSError: as ``open`` does, and for what is no file.
    """
    # Opened as usual, a pipe that nobody writes to would be waited for without end, and a link
    # could lead out of the corpus. Windows knows neither flag.
    flags = sum(
        (getattr(os, name, 0) for name in ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW")), os.O_RDONLY
    )
    if within is None:
        number = os.open(path, flags)
    elif os.open in os.supports_dir_fd:
        number = _open_below(within, path.relative_to(within).parts, flags)
    else:
        _refuse_what_leads_out(path, within)
        number = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(0, NOT_A_FILE)
    return os.fdopen(number, "rb")


def _open_below(within: Path, parts: Sequence[str], flags: int) -> int:
    """Open a file folder by folder, each from the one before it: none of them may be a link."""
    held = os.open(within, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for name in parts[:-1]:
            below = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=held)
            os.close(held)
            held = below
        return os.open(parts[-1], flags, dir_fd=held)
    except NotADirectoryError as error:  # what Linux says of a folder that is a link
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    finally:
        os.close(held)


def _refuse_what_leads_out(path: Path, within: Path) -> None:
    """Refuse a file that links put outside, as far as Windows, which opens by names, can tell."""
    if path.resolve() != within.resolve() / path.relative_to(within):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def is_passing(error: OSError) -> bool:
    """Tell whether it is a fault of the machine that may pass, such as a full disk."""
    return error.errno in _PASSING


def read_bytes(source: SourceFile, largest: int) -> bytes:
    """Return what the file holds.

    :raises UnreadableError: when it is empty, or larger than ``largest`` bytes.
    :raises OSError: when it cannot be read.
    """
    with source.open() as stream:
        data = stream.read(largest + 1)
    if not data:
        raise UnreadableError("is empty")
    if len(data) > largest:
        raise UnreadableError(f"is larger than {largest:,} bytes; split it into articles")
    return data


def digest(source: SourceFile) -> str:
    """Return the SHA-256 of the file's bytes and its sidecar's, in hex.

    It is empty where the file cannot be read; what is wrong then is told by reading it.
    """
    if source.problem:
        return ""
    sums = hashlib.sha256()
    try:
        for open_it in (source.open, source.open_sidecar if source.sidecar else None):
            if open_it:
                with open_it() as stream:  # summed apart: bytes moved on to the next are told
                    sums.update(hashlib.file_digest(stream, "sha256").digest())
    except OSError:
        return ""
    return sums.hexdigest()


def text_digest(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
