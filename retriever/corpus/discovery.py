"""Which files of a folder may hold articles."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from retriever.corpus.companions import accompanies, pages_of_parts
from retriever.corpus.formats.endings import FORMATS, ending_of
from retriever.corpus.source import NOT_A_FILE, SIDECAR, SourceFile, sidecar_of, writable_name
from retriever.errors import CorpusError

_DATASET_CORPORA = ("corpus.jsonl", "corpus.jsonl.gz")
_DATASET_MARK = "queries.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file or folder that is not looked into, and why; a folder's path ends in ``/``."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Everything that stands in a corpus, both lists sorted by path."""

    sources: list[SourceFile]
    skipped: list[Skipped]


def survey(corpus: Path, *, apart: Path | None = None) -> Survey:
    """Look through ``corpus``, a folder or one file, without opening any file.

    Hidden files, links, sidecars, files that accompany articles (README, LICENSE, the questions of
    a data set), folders of the parts of a saved page and the folder ``apart`` are skipped. Links
    are not followed: one that leads out of the folder is not part of it, and one that stays inside
    is found as what it points to. A file of a format that is not read, a device and a folder
    without permission are sources with their ``problem``.

    :raises CorpusError: when ``corpus`` is missing, may not be read, is neither a folder nor a
        file, or holds no file of a format that is read.
    """
    corpus = Path(corpus)
    try:
        found = _look_through(corpus, apart)
    except FileNotFoundError as error:
        raise CorpusError(f"no such file or folder: {corpus}; name a folder of articles") from error
    except PermissionError as error:
        message = f"no permission to read {corpus}; grant it or name another folder"
        raise CorpusError(message) from error
    except (OSError, ValueError) as error:  # too long a name, a NUL in it, a failing disk
        reason = getattr(error, "strerror", None) or error
        raise CorpusError(f"cannot use {str(corpus)[:200]!r} as a corpus: {reason}") from error
    if all(source.problem for source in found.sources):
        raise CorpusError(_why_nothing_is_found(corpus, found.sources))
    return found


def _look_through(corpus: Path, apart: Path | None) -> Survey:
    mode = corpus.stat().st_mode
    if stat.S_ISREG(mode):
        if not os.access(corpus, os.R_OK, effective_ids=True):
            raise PermissionError
        # A link that a person names is what it leads to; others are not followed.
        there = corpus.resolve() if corpus.is_symlink() else corpus
        source = replace(_source_of(there, there.parent), path=_path_within(corpus, corpus.parent))
        return Survey(sources=[source], skipped=[])
    if not stat.S_ISDIR(mode):
        raise CorpusError(f"{corpus} is neither a folder nor a file; name a folder of articles")
    if not os.access(corpus, os.R_OK | os.X_OK, effective_ids=True):
        raise PermissionError
    index = apart.stat() if apart and apart.is_dir() else None
    found = sorted(_walk_folder(corpus, corpus, index), key=lambda item: item.path)
    return Survey(
        sources=[item for item in found if isinstance(item, SourceFile)],
        skipped=[item for item in found if isinstance(item, Skipped)],
    )


def _why_nothing_is_found(corpus: Path, sources: list[SourceFile]) -> str:
    """Return the one line about a corpus without a readable file."""
    if corpus.is_dir():
        seen = f"; {sources[0].path}: {sources[0].problem}" if sources else ""
        return f"no article files in {corpus}{seen}; put files ending in {FORMATS} there"
    return f"{corpus}: {sources[0].problem}"


def _walk_folder(
    folder: Path, root: Path, index: os.stat_result | None
) -> Iterator[SourceFile | Skipped]:
    """Yield the files under ``folder``; folders without permission come back as a problem."""
    try:
        with os.scandir(folder) as found:
            entries = [*found]
    except OSError as error:
        yield _source_with_problem(folder, root, _why_not_listed(error))
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        place = folder / entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        reason = _why_skipped(entry, names)
        if is_folder and index and os.path.samestat(entry.stat(follow_symlinks=False), index):
            reason = "is the index"
        if reason:
            yield Skipped(path=_path_within(place, root) + "/" * is_folder, reason=reason)
        elif is_folder:
            yield from _walk_folder(place, root, index)
        else:
            yield _source_of(place, root)


def _why_skipped(entry: "os.DirEntry[str]", names: set[str]) -> str | None:
    """Return why an entry is not looked into, or nothing; ``names`` stand in the same folder."""
    if entry.name.startswith("."):
        return "is hidden"
    if entry.is_symlink():
        return "is a link, and links are not followed"
    if entry.is_dir(follow_symlinks=False):
        page = next((page for page in pages_of_parts(entry.name) if page in names), None)
        return f"holds the parts of {page}" if page else None
    return _what_it_accompanies(entry.name, names)


def _what_it_accompanies(name: str, names: set[str]) -> str | None:
    """Return why a file is no article but goes with those beside it, or nothing."""
    described = name.removesuffix(SIDECAR)
    if described != name:
        return f"describes {described}" if described in names else None
    articles = next((corpus for corpus in _DATASET_CORPORA if corpus in names), None)
    if _DATASET_MARK in names and articles:
        belongs = f"belongs to the data set whose articles are {articles}"
        return None if name == articles else belongs
    return "accompanies articles and is none" if accompanies(name) else None


def _source_of(file: Path, root: Path) -> SourceFile:
    """Return the file as it stands, its sidecar with it."""
    try:
        about = file.stat()
    except OSError as error:
        return _source_with_problem(file, root, _why_not_listed(error))
    if not stat.S_ISREG(about.st_mode):
        return _source_with_problem(file, root, NOT_A_FILE)
    sidecar = _stat_of_sidecar(file)
    return SourceFile(
        path=_path_within(file, root),
        location=file,
        size=about.st_size,
        mtime_ns=about.st_mtime_ns,
        sidecar_size=sidecar.st_size if sidecar else None,
        sidecar_mtime_ns=sidecar.st_mtime_ns if sidecar else None,
        changed_ns=max(found.st_ctime_ns for found in (about, sidecar) if found),
        problem=_format_problem(file.name),
        within=root,
    )


def _format_problem(name: str) -> str | None:
    if name.endswith(SIDECAR):
        return f"describes {name.removesuffix(SIDECAR)}, which is not there"
    if ending_of(name):
        return None
    kind = Path(name).suffix or "without an ending"
    return f"{kind} is not a format that is read yet; read are {FORMATS}"


def _stat_of_sidecar(file: Path) -> os.stat_result | None:
    try:
        about = sidecar_of(file).lstat()
    except OSError:  # none there, or its name would be too long to be there
        return None
    return about if stat.S_ISREG(about.st_mode) else None


def _source_with_problem(file: Path, root: Path, problem: str) -> SourceFile:
    return SourceFile(
        path=_path_within(file, root), location=file, size=0, mtime_ns=0, problem=problem
    )


def _why_not_listed(error: OSError) -> str:
    return "no permission to read it" if isinstance(error, PermissionError) else str(error.strerror)


def _path_within(file: Path, root: Path) -> str:
    return writable_name(file.relative_to(root).as_posix())
