"""The members of a tar archive, compressed or not."""

import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import IO, cast

from retriever.corpus.formats.archives.expanding import MOST_MEMBERS, Expanding, Member
from retriever.errors import UnreadableError

DAMAGE = (tarfile.TarError, ValueError)
"""What tarfile raises about damaged archives, beside what decompressors and reading raise."""


@contextmanager
def open_tar(file: Path, name: str) -> Iterator[Iterator[Member]]:
    """Open an archive called ``name`` and give its members in their order.

    :raises UnreadableError: when it is no archive, damaged, or holds too many members.
    """
    with Expanding(file, name) as stream:
        try:
            archive = tarfile.TarFile(fileobj=cast("IO[bytes]", stream), errors="surrogateescape")
        except DAMAGE as error:
            raise UnreadableError(f"is not a whole tar archive: {error}") from error
        with archive:
            yield _tar_members(archive)


def _tar_members(archive: tarfile.TarFile) -> Iterator[Member]:
    for number, info in enumerate(archive):
        if number >= MOST_MEMBERS:
            raise UnreadableError(f"holds more than {MOST_MEMBERS:,} members; the rest is not read")
        if info.isreg():  # links, pipes and devices are no articles
            yield Member(name=info.name, packed=None, open=partial(_open_tar_member, archive, info))


@contextmanager
def _open_tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Iterator[IO[bytes]]:
    stream = archive.extractfile(info)
    if stream is None:
        raise UnreadableError("is no file")
    with closing(stream):
        yield stream
