"""Generations: built beside the one in use, published by one atomic rename.

::

    DIR/CURRENT                     one line: the name of the generation in use
    DIR/generations/000007/         immutable once named so
    DIR/generations/building-…/     a build under way, or the leftover of one that was ended
    DIR/checkpoints/building-….jsonl    what of its vectors is whole: the next build goes on from it
    DIR/writer.lock, DIR/writer     held by the one build that may write, and its process id

Order of publishing: every file of the generation is synced, then its folder; the folder gets its
final name; the folder above is synced; ``CURRENT`` is written beside, synced, and renamed over
the old one; ``DIR`` is synced. A crash at any point leaves the old or the new generation current.
"""

import logging
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retriever.errors import (
    BuildCancelled,
    IndexDamagedError,
    IndexMissingError,
    IndexUnusableError,
)
from retriever.index import unfinished
from retriever.index.manifest import MANIFEST, read_start
from retriever.index.unfinished import BUILDING, GENERATIONS
from retriever.index.writer_lock import LOCK, WRITER, forget_writer, locked, name_writer

CURRENT = "CURRENT"
_log = logging.getLogger(__name__)
_GENERATION_NAME = re.compile(r"[0-9]{6,18}")


def current_generation(index: Path) -> Path:
    """Return the folder of the generation in use.

    :raises IndexMissingError: when nothing was built in ``index`` yet.
    :raises IndexDamagedError: when ``CURRENT`` does not name a generation that is there.
    """
    try:
        name = read_start(index / CURRENT, 100).strip()  # no more than a name can have
    except FileNotFoundError:
        message = f"no index in {index}; build one with: quotidian build CORPUS --index {index}"
        raise IndexMissingError(message) from None
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(f"{index / CURRENT} cannot be read ({error})") from error
    folder = index / GENERATIONS / name
    if not _GENERATION_NAME.fullmatch(name) or not folder.is_dir():
        raise IndexDamagedError(
            f"{index / CURRENT} names the generation {name[:40]!r}, which is not there", index=index
        )
    return folder


def previous_generation(index: Path, current: Path | None = None) -> Path:
    """Return the newest generation older than the one in use, or than ``current``.

    :raises IndexMissingError: when none was kept.
    """
    current = current or current_generation(index)
    older = [
        folder
        for folder in _published_generations(index)
        if _generation_number(folder) < _generation_number(current)
    ]
    if not older:
        message = f"no generation before {current.name} is kept in {index}; nothing to roll back to"
        raise IndexMissingError(message)
    return older[-1]


def last_generation(index: Path) -> Path | None:
    """Return the newest generation that is whole, in use or not, if there is one."""
    return next(reversed(_published_generations(index)), None)


def roll_back(index: Path) -> Path:
    """Put the generation before the current one in use again, and return its folder.

    :raises IndexMissingError: when none was kept.
    :raises IndexBusyError: while a build is under way.
    """
    with writing(index):
        folder = previous_generation(index)
        make_current(index, folder)
        return folder


@contextmanager
def writing(index: Path) -> Iterator[None]:
    """Hold the right to write to ``index``; it ends with the process, however that ends.

    What the disk refuses inside the block comes out as one line: the index in use is untouched.

    :raises IndexBusyError: naming the process that holds it.
    :raises IndexUnusableError: when the folder cannot be written to, or has a link in it.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
        _refuse_links(index)
        lock = locked(index)
        try:
            name_writer(index)
            _remove_leftovers(index)
            yield
        finally:
            forget_writer(index)
            lock.release()
    except OSError as error:
        raise IndexUnusableError(
            f"cannot write the index in {index}: {error.strerror or error}; make room or allow "
            "writing there, or choose another folder with --index (an index in use is unharmed)"
        ) from error


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """Give an empty folder to build in; it is removed unless it was published meanwhile.

    Of a build that somebody stops, what is noted in its checkpoint stays for the next one.
    """
    (index / GENERATIONS).mkdir(parents=True, exist_ok=True)
    folder = index / GENERATIONS / f"{BUILDING}{os.getpid()}-{time.time_ns()}"
    folder.mkdir()
    try:
        yield folder
    except (KeyboardInterrupt, BuildCancelled):
        unfinished.leave(folder)
        raise
    except BaseException:
        unfinished.remove(folder)
        raise
    unfinished.remove(folder)


def next_number(index: Path) -> int:
    """Return the number that the next generation gets: they only rise."""
    return (
        max((_generation_number(folder) for folder in _published_generations(index)), default=0) + 1
    )


def publish(index: Path, folder: Path, number: int) -> Path:
    """Make the generation built in ``folder`` the current one and return its final folder."""
    replaced = _in_use(index)
    final = give_number(index, folder, number)
    try:
        _sync_to_disk(final.parent)
        make_current(index, final)
    except OSError as error:
        if _in_use(index) != final:
            shutil.rmtree(final, ignore_errors=True)  # gives the space back
            raise
        # Readers use it already; only a power cut in the next seconds could undo that.
        _log.warning("%s is in use, but the disk did not confirm it: %s", final, error)
    prune(index, keep={final, replaced})  # the one before stays, for a rollback
    unfinished.remove_all(index)
    return final


def give_number(index: Path, folder: Path, number: int) -> Path:
    """Let a whole generation have its final name, without making it current; return its folder."""
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync_to_disk(path)
    _sync_to_disk(folder)
    final = generation_folder(index, number)
    folder.rename(final)
    return final


def generation_folder(index: Path, number: int) -> Path:
    """Return where the generation with this number is, if it is there."""
    return index / GENERATIONS / f"{number:06d}"


def make_current(index: Path, generation: Path) -> None:
    """Point ``CURRENT`` at ``generation``, atomically and durably."""
    fresh = index / f"{CURRENT}.new"
    fresh.write_text(f"{generation.name}\n", encoding="ascii")
    _sync_to_disk(fresh)
    fresh.replace(index / CURRENT)
    _sync_to_disk(index)


def _published_generations(index: Path) -> list[Path]:
    folders = (index / GENERATIONS).glob("[0-9]*")
    return sorted(
        (path for path in folders if _GENERATION_NAME.fullmatch(path.name)), key=_generation_number
    )


def _generation_number(folder: Path) -> int:
    return int(folder.name)


def _in_use(index: Path) -> Path | None:
    try:
        return current_generation(index)
    except (IndexMissingError, IndexDamagedError):
        return None


def prune(index: Path, *, keep: set[Path | None]) -> None:
    """Remove every generation that is not to be kept; what has no manifest is none of ours."""
    for folder in _published_generations(index):
        if folder not in keep and (folder / MANIFEST).is_file():
            _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a generation; if that is cut short, the next build sees that it was begun.

    By its name alone what is left of it, without its manifest, could be somebody's.
    """
    doomed = folder.with_name(f"{BUILDING}{os.getpid()}-{time.time_ns()}")
    try:
        folder.rename(doomed)
    except OSError:  # a reader may hold a file open on Windows
        doomed = folder
    shutil.rmtree(doomed, ignore_errors=True)


def _refuse_links(index: Path) -> None:
    """Refuse an index with a link where only files and folders of ours stand.

    What is written or removed there would be somebody's elsewhere.

    :raises IndexUnusableError: naming the link.
    """
    own = [index / name for name in (CURRENT, f"{CURRENT}.new", GENERATIONS, WRITER, LOCK)]
    own += [index / unfinished.CHECKPOINTS, *(index / GENERATIONS).glob("*")]
    for path in own:
        if path.is_symlink():
            raise IndexUnusableError(
                f"{path} is a link; an index has none: remove it, or build anew"
            )


def _remove_leftovers(index: Path) -> None:
    """Remove what a killed build left half done, but what it noted as whole.

    A whole generation that it could not make current any more goes with the next publishing: its
    number must not be given again, a reader tells generations by it.
    """
    unfinished.tidy(index)
    (index / f"{CURRENT}.new").unlink(missing_ok=True)


def _sync_to_disk(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open a folder to sync it
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
