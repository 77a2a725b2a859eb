"""Keeping an index up to date with a folder that changes: ``quotidian watch``."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from retriever.errors import CorpusError, IndexBusyError, QuotidianError
from retriever.indexing.reporting import BuildReport

# A folder is settled when nothing in it changed for so long: a file that is being copied into it,
# or a checkout, is not read half done.
SETTLED = 2.0
# A folder that never settles is read all the same after so many times as long.
PATIENCE = 30
# Seconds after which it is looked whether the folder is still the one that is watched.
LOOKED_AFTER = 5.0

_log = logging.getLogger(__name__)

Outcome = BuildReport | QuotidianError


def follow(
    corpus: Path,
    index: Path,
    build: Callable[[], BuildReport],
    *,
    settled: float = SETTLED,
    poll: bool = False,
    stop: Event | None = None,
) -> Iterator[Outcome]:
    """Build, and again whenever ``corpus`` changed and settled; yield what came of each build.

    One build at a time: what changes meanwhile is taken up by the next. The watch begins before
    the first build, so that no change falls between. A folder that goes away is waited for; while
    another process builds, it is tried again every few seconds. ``poll`` looks at every file
    instead of waiting for events, which network folders do not send. Ends when ``stop`` is set.

    :raises CorpusError: when there is no ``corpus`` to begin with.
    """
    stop = stop or Event()
    if not corpus.exists():
        raise CorpusError(f"no such file or folder: {corpus}; name a folder of articles")
    while not stop.is_set():
        changes = _changes(corpus.resolve(), index.resolve(), settled, poll=poll, stop=stop)
        yield from _while_it_stands(corpus, changes, build)
        if not stop.is_set() and not corpus.exists():
            yield CorpusError(f"{corpus} is gone; the index stays as it is until it is back")
        while not stop.is_set() and not corpus.exists():
            stop.wait(settled)


def _while_it_stands(
    corpus: Path, changes: Iterator[bool], build: Callable[[], BuildReport]
) -> Iterator[Outcome]:
    """Build once at the start and after each change, until another folder takes the place."""
    watched, due = _identity(corpus), True
    for changed in changes:
        if _identity(corpus) != watched:
            return
        if changed or due:
            outcome = _attempt(build)
            due = isinstance(outcome, IndexBusyError)
            yield outcome


def _attempt(build: Callable[[], BuildReport]) -> Outcome:
    try:
        return build()
    except QuotidianError as error:
        return error


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino


def _changes(
    corpus: Path, index: Path, settled: float, *, poll: bool, stop: Event
) -> Iterator[bool]:
    """Yield True when articles changed and settled, False when nothing did for a while."""
    root = corpus if corpus.is_dir() else corpus.parent

    def watching(*, by_looking: bool | None) -> Iterator[bool]:
        for changes in watch(
            root,
            watch_filter=partial(_matters, corpus, index),
            step=round(1000 * settled),
            debounce=round(1000 * settled * PATIENCE),
            rust_timeout=round(1000 * LOOKED_AFTER),
            yield_on_timeout=True,
            stop_event=stop,
            force_polling=by_looking,
            poll_delay_ms=round(500 * settled),  # twice, before it counts as settled
            recursive=root == corpus,
            ignore_permission_denied=True,
        ):
            yield bool(changes)

    try:
        yield from watching(by_looking=poll or None)
    except FileNotFoundError:
        return  # it went away meanwhile
    except (OSError, RuntimeError) as error:  # the library's own error is a RuntimeError
        _log.warning("%s sends no events (%s); looking at its files instead", corpus, error)
        yield from watching(by_looking=True)


def _matters(corpus: Path, index: Path, change: Change, name: str) -> bool:
    """Tell whether a change of the file or folder ``name`` may change the articles."""
    path = Path(name)
    if path.is_relative_to(index):
        return False
    if change is Change.modified and path.is_dir():
        return False  # something in it came or went, and is told by itself if it counts
    if not path.is_relative_to(corpus):  # the corpus is one file, and this its sidecar or another
        return path.name.startswith(corpus.name)
    return not any(part.startswith(".") for part in path.relative_to(corpus).parts)
