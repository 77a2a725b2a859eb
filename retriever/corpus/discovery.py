"""Which files of a folder may hold articles."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from retriever.corpus.accompanying import accompanies
from retriever.corpus.reading import FORMATS, format_of
from retriever.corpus.source import NOT_A_FILE, SIDECAR, SourceFile, sidecar_of
from retriever.errors import CorpusError

_DATASET_CORPORA = ("corpus.jsonl", "corpus.jsonl.gz")
_DATASET_MARK = "queries.jsonl"


def find_sources(corpus: Path) -> list[SourceFile]:
    """Return the files of ``corpus``, a folder or one file, sorted by path; none is opened.

    Hidden files, links, sidecars and files that accompany articles (README, LICENSE, the questions
    of a data set) are passed over. Links are not followed: one that leads out of the folder is not
    part of it, and one that stays inside is found as what it points to. A file of a format that is
    not read, a device and a folder without permission come back with their ``problem``.

    :raises CorpusError: when ``corpus`` is missing, may not be read, is neither a folder nor a
        file, or holds no file of a format that is read.
    """
    corpus = Path(corpus)
    try:
        mode = corpus.stat().st_mode
        if stat.S_ISDIR(mode):
            sources = _in_folder(corpus)
        elif stat.S_ISREG(mode):
            sources = [_single(corpus)]
        else:
            message = f"{corpus} is neither a folder nor a file; name a folder of articles"
            raise CorpusError(message)
    except FileNotFoundError as error:
        message = f"no such file or folder: {corpus}; name a folder of articles"
        raise CorpusError(message) from error
    except PermissionError as error:
        message = f"no permission to read {corpus}; grant it or name another folder"
        raise CorpusError(message) from error
    except (OSError, ValueError) as error:  # too long a name, a NUL in it, a failing disk
        reason = getattr(error, "strerror", None) or error
        message = f"cannot use {str(corpus)[:200]!r} as a corpus: {reason}"
        raise CorpusError(message) from error
    if all(source.problem for source in sources):
        raise CorpusError(_nothing(corpus, sources))
    return sources


def _nothing(corpus: Path, sources: list[SourceFile]) -> str:
    """Return the one line about a corpus without a readable file."""
    if corpus.is_dir():
        seen = f"; {sources[0].path}: {sources[0].problem}" if sources else ""
        return f"no article files in {corpus}{seen}; put files ending in {FORMATS} there"
    return f"{corpus}: {sources[0].problem}"


def _single(file: Path) -> SourceFile:
    if not os.access(file, os.R_OK, effective_ids=True):
        raise PermissionError
    return _described(file, file.parent)


def _in_folder(folder: Path) -> list[SourceFile]:
    if not os.access(folder, os.R_OK | os.X_OK, effective_ids=True):
        raise PermissionError
    return sorted(_walk(folder, folder), key=lambda source: source.path)


def _walk(folder: Path, root: Path) -> Iterator[SourceFile]:
    """Yield the files under ``folder``; folders without permission come back as a problem."""
    try:
        with os.scandir(folder) as found:
            entries = [entry for entry in found if not entry.name.startswith(".")]
    except OSError as error:
        yield _troubled(folder, root, _reason(error))
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.is_symlink():
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name, root)
        elif not _is_passed_over(entry.name, names):
            yield _described(folder / entry.name, root)


def _is_passed_over(name: str, names: set[str]) -> bool:
    """Return whether a file only accompanies the articles beside it."""
    if name.endswith(SIDECAR):
        return name.removesuffix(SIDECAR) in names
    if _DATASET_MARK in names and not names.isdisjoint(_DATASET_CORPORA):
        return name != next(corpus for corpus in _DATASET_CORPORA if corpus in names)
    return accompanies(name)


def _described(file: Path, root: Path) -> SourceFile:
    """Return the file as it stands, its sidecar with it."""
    try:
        about = file.stat()
    except OSError as error:
        return _troubled(file, root, _reason(error))
    if not stat.S_ISREG(about.st_mode):
        return _troubled(file, root, NOT_A_FILE)
    sidecar = _stat_of_sidecar(file)
    return SourceFile(
        root=root,
        path=_written(file, root),
        location=file,
        size=about.st_size,
        mtime_ns=about.st_mtime_ns,
        sidecar_size=sidecar.st_size if sidecar else None,
        sidecar_mtime_ns=sidecar.st_mtime_ns if sidecar else None,
        changed_ns=max(found.st_ctime_ns for found in (about, sidecar) if found),
        problem=_format_problem(file.name),
    )


def _format_problem(name: str) -> str | None:
    if name.endswith(SIDECAR):
        return f"describes {name.removesuffix(SIDECAR)}, which is not there"
    if format_of(name):
        return None
    kind = Path(name).suffix or "without an ending"
    return f"{kind} is not a format that is read yet; read are {FORMATS}"


def _stat_of_sidecar(file: Path) -> os.stat_result | None:
    try:
        about = sidecar_of(file).lstat()
    except OSError:  # none there, or its name would be too long to be there
        return None
    return about if stat.S_ISREG(about.st_mode) else None


def _troubled(file: Path, root: Path, problem: str) -> SourceFile:
    return SourceFile(
        root=root, path=_written(file, root), location=file, size=0, mtime_ns=0, problem=problem
    )


def _reason(error: OSError) -> str:
    return "no permission to read it" if isinstance(error, PermissionError) else str(error.strerror)


def _written(file: Path, root: Path) -> str:
    r"""Return the relative path; bytes of a name that are no UTF-8 are written as ``\xe9``."""
    relative = file.relative_to(root).as_posix()
    return os.fsencode(relative).decode("utf-8", "backslashreplace")
