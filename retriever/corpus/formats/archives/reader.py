"""Zip and tar archives, and single compressed files, as if their members were files of a folder.

A member is unfolded into a private temporary folder under a number, read, and deleted: nothing is
written by a name that the archive chose, and nothing into the corpus.
"""

import re
import tempfile
from collections.abc import Callable, Container, Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from retriever.corpus.companions import accompanies, pages_of_parts
from retriever.corpus.formats.archives import expanding, zips
from retriever.corpus.formats.archives.expanding import Expanding, Member
from retriever.corpus.sidecar import LARGEST_SIDECAR
from retriever.corpus.source import (
    SIDECAR,
    SourceFile,
    is_passing,
    sidecar_of,
    writable_name,
)
from retriever.errors import UnreadableError
from retriever.records import Failure

DEEPEST = 2
"""Archives inside archives: a day's zip in a year's is one deep."""
LARGEST_MEMBER = 500_000_000
MOST_SIDECARS = 32_000_000
"""Bytes of all sidecars in an archive: they wait in memory for what they describe."""
HONEST_MEMBER = 10_000_000
"""Bytes that a member may unfold to, however small it is."""

_DAMAGE = (*expanding.DAMAGE, *expanding.TAR_DAMAGE, *zips.DAMAGE)
_CHUNK = 1 << 16
_DEEPEST_FOLDER = 32  # in which parts of a page are looked for
_DRIVE = re.compile(r"[A-Za-z]:")


class _SpentError(UnreadableError):
    """The archive unfolds to more than all its members together may."""


@dataclass(slots=True)
class _Budget:
    """How many bytes an archive may still unfold to, the archives inside it included."""

    left: int = field(default_factory=lambda: expanding.MOST)

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            message = f"unfolds to more than {expanding.MOST:,} bytes; the rest is not read"
            raise _SpentError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveAllowance:
    """What is left for an archive: bytes, and depth of archives inside archives."""

    budget: _Budget = field(default_factory=_Budget)
    depth: int = 0

    def inside(self) -> "ArchiveAllowance":
        """Return what is left for an archive inside this one."""
        return ArchiveAllowance(budget=self.budget, depth=self.depth + 1)


def members(
    source: SourceFile, allowance: ArchiveAllowance, *, is_read: Callable[[str], bool]
) -> Iterator[SourceFile | Failure]:
    """Yield the members, each until the next is asked for, and a failure for each that is bad.

    Folders, links, hidden members and what only accompanies articles are passed over, the parts of
    a saved page with them; ``is_read`` tells which names are of a format that is read. A zip gives
    its members in the order of their names, a tar in its own.

    :raises UnreadableError: when the archive itself is bad, after the members before that place.
    """
    if allowance.depth > DEEPEST:
        message = f"is an archive inside more than {DEEPEST} others; unpack the outer ones"
        raise UnreadableError(message)
    with tempfile.TemporaryDirectory(prefix="quotidian-") as name:
        unfolding = _Unfolding(source=source, folder=Path(name), budget=allowance.budget)
        contents = unfolding.looked_through()
        if contents.is_cut:
            reason = f"describes its members in more than {MOST_SIDECARS:,} bytes; unpack it"
            yield Failure(path=source.path, reason=reason)
        for number, member in enumerate(_sound_members(source)):
            if not member.name:
                yield Failure(path=source.path, reason="holds a file without a name; pack it anew")
            elif not _is_passed_over(member.name, contents.names):
                yield unfolding.file(member, number, contents.sidecars, is_read=is_read)
                unfolding.clear(number)


@dataclass(slots=True, kw_only=True)
class _Contents:
    """The members' names, and what describes others; ``is_cut`` if there was too much of that."""

    names: set[str] = field(default_factory=set)
    sidecars: dict[str, bytes] = field(default_factory=dict)
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unfolding:
    """Where an archive's members are unfolded to, and how far."""

    source: SourceFile
    folder: Path
    budget: _Budget

    def looked_through(self) -> _Contents:
        """Return the members' names, and those that describe others by what they describe."""
        found, left = _Contents(), MOST_SIDECARS
        with suppress(UnreadableError, OSError, *_DAMAGE):  # it is told when the members are read
            for member in _sound_members(self.source):
                found.names.add(member.name.replace("\\", "/"))
                if not member.name.endswith(SIDECAR) or member.problem:
                    continue
                with member.open() as stream:
                    data = stream.read(LARGEST_SIDECAR + 1)
                left -= len(data)
                found.is_cut = left < 0
                if not found.is_cut:
                    described = _path_inside(member.name.removesuffix(SIDECAR))
                    found.sidecars[described or ""] = data
        return found

    def file(
        self,
        member: Member,
        number: int,
        sidecars: dict[str, bytes],
        *,
        is_read: Callable[[str], bool],
    ) -> SourceFile | Failure:
        """Return the member as a file that can be read, or why it is none."""
        inner = _path_inside(member.name)
        path = f"{self.source.path}/{inner or writable_name(member.name)}"
        if inner is None:
            return Failure(path=path, reason="has a name that leads out of the archive")
        if member.problem:
            return Failure(path=path, reason=member.problem)
        if not is_read(inner):
            kind = PurePosixPath(inner).suffix or "without an ending"
            return Failure(path=path, reason=f"{kind} is not a format that is read yet")
        target = self.folder / str(number)
        try:
            self._unfold(member, target)
        except _SpentError:
            raise
        except UnreadableError as error:
            return Failure(path=path, reason=str(error))
        except (OSError, *_DAMAGE) as error:
            if isinstance(error, OSError) and is_passing(error):
                raise  # the folder for temporary files is full, not the archive damaged
            return Failure(path=path, reason=f"is damaged in the archive: {str(error)[:200]}")
        return self._described(target, path, sidecars.get(inner))

    def clear(self, number: int) -> None:
        """Delete what a member was unfolded to."""
        target = self.folder / str(number)
        for file in (target, sidecar_of(target)):
            file.unlink(missing_ok=True)

    def _unfold(self, member: Member, target: Path) -> None:
        most = LARGEST_MEMBER
        if member.packed is not None:
            most = min(most, HONEST_MEMBER + expanding.RATIO * member.packed)
        written = 0
        with member.open() as stream, target.open("wb") as file:
            while chunk := stream.read(_CHUNK):
                written += len(chunk)
                self.budget.spend(len(chunk))
                if written > most:
                    raise UnreadableError(f"unfolds to more than {most:,} bytes")
                file.write(chunk)

    def _described(self, target: Path, path: str, sidecar: bytes | None) -> SourceFile:
        if sidecar is not None:
            sidecar_of(target).write_bytes(sidecar)
        about = target.stat()
        return SourceFile(
            path=path,
            location=target,
            size=about.st_size,
            mtime_ns=self.source.mtime_ns,
            sidecar_size=None if sidecar is None else len(sidecar),
        )


def _sound_members(source: SourceFile) -> Iterator[Member]:
    """Yield the members as far as the archive is sound."""
    try:
        with _open_archive(source) as found:
            yield from found
    except _DAMAGE as error:
        raise UnreadableError(f"is damaged: {str(error)[:200]}") from error


def _open_archive(source: SourceFile) -> AbstractContextManager[Iterator[Member]]:
    path = PurePosixPath(source.path)
    name = path.name.lower()
    if name.endswith(".zip"):
        return zips.open_zip(source.open)
    if ".tar" in name[-8:] or name.endswith((".tgz", ".tbz2", ".txz")):
        return expanding.open_tar(source.open, name)
    only = Member(name=path.stem, packed=None, open=partial(Expanding, source.open, name))
    return nullcontext(iter([only]))


def _path_inside(name: str) -> str | None:
    """Return a member's name as a relative path, ``None`` if it leads out of the archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(name):
        return None
    return writable_name(path.as_posix())


def _is_passed_over(name: str, names: Container[str]) -> bool:
    """Return whether a member is hidden or only accompanies the articles among ``names``."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part != ".."]
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    if hidden or not parts or parts[-1].endswith(SIDECAR) or accompanies(parts[-1]):
        return True
    return any(
        "/".join((*parts[:depth], page)) in names
        for depth, folder in enumerate(parts[:-1][:_DEEPEST_FOLDER])
        for page in pages_of_parts(folder)
    )
