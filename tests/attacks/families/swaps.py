"""Files and folders that are swapped for others between the survey of a corpus and the reading."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from retriever.corpus import ReaderPool, SourceFile, digest, read_source, survey
from retriever.records import Article, Failure
from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.site import Site

_KEPT = "The secret of the users is told here. Nobody may know it."
_STORY = "The lighthouse was lit again on Friday. Nobody had slept."


def _link(path: Path, secret: Path) -> None:
    path.unlink()
    path.symlink_to(secret)


def _pipe(path: Path, _: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path, _: Path) -> None:
    path.unlink()
    path.mkdir()


def _gone(path: Path, _: Path) -> None:
    path.unlink()


def _device(path: Path, _: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


_SWAPS = {
    "a link": _link,
    "a pipe": _pipe,
    "a folder": _folder,
    "nothing": _gone,
    "a device": _device,
}
_KINDS = (
    "txt",
    "jsonl",
    "html",
    "md",
    "json",
    "pdf",
    "xml",
    "zip",
    "tar",
    "txt.gz",
    "docx",
    "epub",
)


def _read(source: SourceFile) -> list[Article | Failure]:
    """Read a file, in a thread that is waited for for a while: a pipe must not stop it."""
    found: list[Article | Failure] = []

    def read() -> None:
        digest(source)
        with ReaderPool(seconds_a_file=10) as readers:
            found.extend(read_source(source, readers))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(20)
    expect(not thread.is_alive(), "waited for without end")
    return found


def _expect_no_secret(items: list[Article | Failure], secret: str = _KEPT[:20]) -> str:
    for item in items:
        expect(secret not in getattr(item, "text", ""), "a file outside was read")
    failures = [item.reason for item in items if isinstance(item, Failure)]
    return expect_one_line(failures[0]) if failures else "read as it was"


@attack(15, "not read, not waited for", each=_SWAPS)
def a_file_that_becomes_another(site: Site, swap: Callable[[Path, Path], None]) -> str:
    """Swap a file for something else after it was found."""
    folder, secret = site.scratch("swap"), site.folder / "secret.txt"
    secret.write_text(_KEPT)
    (folder / "a.txt").write_text(_STORY)
    (source,) = survey(folder).sources
    swap(folder / "a.txt", secret)
    return _expect_no_secret(_read(source))


@attack(15, "not read, not waited for", each={kind: kind for kind in _KINDS})
def a_file_of_each_format_that_becomes_a_link(site: Site, kind: str) -> str:
    """Swap a file of each format for a link, after it was found."""
    folder, secret = site.scratch("swap"), site.folder / "secret.txt"
    secret.write_text(_KEPT)
    (folder / f"a.{kind}").write_text(_STORY)
    (source,) = survey(folder).sources
    _link(folder / f"a.{kind}", secret)
    items = _read(source)
    told = _expect_no_secret(items)
    expect(all(isinstance(item, Failure) for item in items), "something was read")
    return told


@attack(15, "the sidecar is not read", each=_SWAPS)
def a_sidecar_that_becomes_another(site: Site, swap: Callable[[Path, Path], None]) -> str:
    """Swap a sidecar for something else after it was found."""
    folder, secret = site.scratch("swap"), site.folder / "secret.toml"
    secret.write_text('title = "The secret of the users"')
    (folder / "a.txt").write_text(_STORY)
    (folder / "a.txt.meta.toml").write_text('title = "A title"')
    (source,) = survey(folder).sources
    swap(folder / "a.txt.meta.toml", secret)
    items = _read(source)
    for item in items:
        expect("secret" not in str(getattr(item, "title", "")), "a file outside was read")
    expect(any(isinstance(item, Article) for item in items), "the article is lost")
    return "the article without it"


def _levels() -> Iterator[tuple[str, int]]:
    for depth in (1, 2, 3):
        yield f"the folder {depth} above", depth


@attack(15, "nothing outside is read", each=dict(_levels()))
def a_folder_that_becomes_a_link(site: Site, depth: int) -> str:
    """Swap a folder of the corpus for a link to one outside, after its files were found."""
    folder, outside = site.scratch("swap"), site.scratch("outside")
    inner = folder / "one" / "two" / "three"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text(_STORY)
    (source,) = survey(folder).sources
    swapped = [inner, inner.parent, inner.parent.parent][depth - 1]
    below = inner.relative_to(swapped)
    (outside / below).mkdir(parents=True, exist_ok=True)
    (outside / below / "a.txt").write_text(_KEPT)
    swapped.rename(folder / "moved")
    swapped.symlink_to(outside, target_is_directory=True)
    return _expect_no_secret(_read(source))
