"""Archives that unfold without end, that lie, and that lead out."""

import bz2
import contextlib
import gzip
import io
import lzma
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.attacks.attack import Unable, attack, expect, expect_one_line
from tests.attacks.builder import Built
from tests.attacks.site import Site

_STORY = b"The lighthouse was lit again on Friday. Its keeper had not slept."
_ZEROS = 1 << 20
# Beside what an empty build takes; what reads an archive may hold 32 MB of sidecars.
_MUCH, _LONG = 400.0, 180.0


def _zip_of(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def _many_sidecars() -> bytes:
    """Return 15,000 sidecars of 65 kB in 2.9 MB, which took 969 MB."""
    stream, content = io.BytesIO(), b'title = "' + b"x" * 65_000 + b'"'
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(15_000):
            archive.writestr(f"{number}.txt.meta.toml", content)
    return stream.getvalue()


def _many_members(name: str, count: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for number in range(count):
            archive.writestr(name.format(number), b"")
    return stream.getvalue()


def _nested(depth: int) -> bytes:
    content, name = _STORY, "a.txt"
    for _ in range(depth):
        content, name = _zip_of((name, content)), "inner.zip"
    return content


def _bomb() -> bytes:
    """Return 2 GB of zeros in 2 MB."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(2_000):
            member.write(bytes(_ZEROS))
    return stream.getvalue()


def _damaged(change: Callable[[bytearray], None]) -> bytes:
    content = bytearray(_zip_of(("a.txt", _STORY * 50), ("b.txt", _STORY)))
    change(content)
    return bytes(content)


def _turned(content: bytearray) -> None:
    content[60] ^= 0xFF


def _encrypted(content: bytearray) -> None:
    content[6] |= 1
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1


def _huge_by_its_word(content: bytearray) -> None:
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = b"\xff\xff\xff\x7f"


_ZIPS: dict[str, Callable[[], bytes]] = {
    "15,000 sidecars of 65 kB": _many_sidecars,
    "100,000 empty members": lambda: _many_members("{}.txt", 100_000),
    "30,000 members of no format": lambda: _many_members("{}.xyz", 30_000),
    "zeros without end": _bomb,
    "archives nine deep": lambda: _nested(9),
    "an archive with itself for a name": lambda: _zip_of(("a.zip", _zip_of(("a.zip", b"PK")))),
    "a name that leads out": lambda: _zip_of(("../../escaped.txt", _STORY)),
    "an absolute name": lambda: _zip_of(("/tmp/escaped.txt", _STORY)),  # noqa: S108
    "a name of backslashes": lambda: _zip_of(("..\\..\\escaped.txt", _STORY)),
    "a name of 60,000 letters": lambda: _zip_of(("e" * 60_000 + ".txt", _STORY)),
    "names of control characters": lambda: _zip_of(("a\n\x1b[31m.xyz", b"x"), ("\u202e.xyz", b"x")),
    "a bit turned over": lambda: _damaged(_turned),
    "a password": lambda: _damaged(_encrypted),
    "two gigabytes by its own word": lambda: _damaged(_huge_by_its_word),
    "half of it": lambda: _zip_of(("a.txt", _STORY * 50))[:100],
    "a name alone": lambda: b"PK\x05\x06" + bytes(18),
}


def _tar_of(*members: tarfile.TarInfo, content: bytes = _STORY) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for member in members:
            member.size = len(content) if member.isreg() else 0
            archive.addfile(member, io.BytesIO(content) if member.isreg() else None)
    return stream.getvalue()


def _member(name: str, kind: bytes = tarfile.REGTYPE, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def _lying_tar() -> bytes:
    content = bytearray(_tar_of(_member("a.txt")))
    info = tarfile.TarInfo("a.txt")
    info.size = 8 << 30
    content[:512] = info.tobuf()[:512]
    return bytes(content)


_TARS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a link to the users": (
        "a.tar",
        lambda: _tar_of(_member("a.txt", tarfile.SYMTYPE, "/etc/passwd")),
    ),
    "a link, then a file in it": (
        "a.tar",
        lambda: _tar_of(_member("d", tarfile.SYMTYPE, "/tmp"), _member("d/escaped.txt")),  # noqa: S108
    ),
    "a hard link to the users": (
        "a.tar",
        lambda: _tar_of(_member("a.txt", tarfile.LNKTYPE, "/etc/passwd")),
    ),
    "a device": ("a.tar", lambda: _tar_of(_member("a.txt", tarfile.CHRTYPE))),
    "a pipe": ("a.tar", lambda: _tar_of(_member("a.txt", tarfile.FIFOTYPE))),
    "a name that leads out": ("a.tar", lambda: _tar_of(_member("../escaped.txt"))),
    "eight gigabytes by its own word": ("a.tar", _lying_tar),
    "the same name 5,000 times": ("a.tar", lambda: _tar_of(*[_member("a.xyz")] * 5_000)),
    "zeros without end, gzip": ("a.txt.gz", lambda: gzip.compress(bytes(600 * _ZEROS), 9)),
    "zeros without end, bzip2": ("a.txt.bz2", lambda: bz2.compress(bytes(600 * _ZEROS))),
    "zeros without end, xz": ("a.txt.xz", lambda: lzma.compress(bytes(600 * _ZEROS), preset=0)),
    "zeros without end, in a tar": ("a.tar.gz", lambda: gzip.compress(bytes(600 * _ZEROS), 9)),
    "gzip of gzip": ("a.txt.gz", lambda: gzip.compress(gzip.compress(bytes(60 * _ZEROS)))),
    "gzip cut short": ("a.txt.gz", lambda: gzip.compress(_STORY * 99)[:-9]),
    "xz of much memory": (
        "a.txt.xz",
        lambda: (
            lzma.compress(_STORY, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 20}])
            + b"\0" * 4
        ),
    ),
}


def _built(site: Site, name: str, content: bytes) -> Built:
    """Build over an archive beside an article; require what holds of every such build."""
    folder, index = site.scratch("archive"), site.scratch("archive-index")
    (folder / "a.txt").write_bytes(b"The harbour was closed. A storm had come.")
    (folder / f"b{name[1:]}").write_bytes(content)
    outside = {path.name for path in site.folder.iterdir()} | {"outside"}
    built = site.builder.build(folder, index)
    expect(not built.traceback, built.traceback)
    expect(not built.problem, built.problem)
    expect(built.articles >= 1, "the article beside it is lost")
    expect({path.name for path in site.folder.iterdir()} <= outside, "a file came out of it")
    expect(not Path("/tmp/escaped.txt").exists(), "a file came out of it")  # noqa: S108
    expect(built.megabytes < _MUCH, f"{built.megabytes:.0f} MB")
    expect(built.seconds < _LONG, f"{built.seconds:.0f} s")
    for reason in [*built.failed.values()][:50]:
        expect_one_line(reason)
    shutil.rmtree(folder)
    return built


@attack(4, "the rest is read, in bounded memory", each=_ZIPS)
def a_zip_file(site: Site, make: Callable[[], bytes]) -> str:
    """Put it into a corpus beside an article, and build."""
    built = _built(site, "a.zip", make())
    return f"{built.megabytes:.0f} MB, {built.seconds:.1f} s, {len(built.failed):,} failures"


@attack(4, "the rest is read, in bounded memory", each=_TARS, is_long=True)
def a_tar_or_a_compressed_file(site: Site, made: tuple[str, Callable[[], bytes]]) -> str:
    """Put it into a corpus beside an article, and build."""
    name, make = made
    built = _built(site, name, make())
    expect("root:" not in str(built.failed), "a file of the system")
    return f"{built.megabytes:.0f} MB, {built.seconds:.1f} s, {len(built.failed):,} failures"


@attack(4, "the answer counts failures, and stays small")
def failures_that_fill_answers(site: Site) -> str:
    """Ask an index whose corpus has 30,000 members that cannot be read."""
    from tests.fuzzing.made_index import opened_index

    folder, index = site.scratch("failures"), site.scratch("failures-index")
    (folder / "a.txt").write_bytes(_STORY)
    (folder / "b.zip").write_bytes(_many_members("{}.xyz", 30_000))
    built = site.builder.build(folder, index)
    expect(len(built.failed) == 30_000, f"{len(built.failed):,} failures")
    size = len(str(opened_index(index).ask("Which lighthouse was lit?").to_dict()))
    expect(size < 100_000, f"an answer of {size:,} characters")
    return f"an answer of {size:,} characters"


@attack(5, "the fault of the machine, tried again")
def a_full_folder_for_temporary_files(site: Site) -> str:
    """Build while the folder for temporary files is full, then again when it is not."""
    folder, index = site.scratch("full"), site.scratch("full-index")
    (folder / "a.zip").write_bytes(_zip_of(("a.txt", _STORY * 5_000), ("b.txt", _STORY)))
    with _full_disk(site.scratch("disk")) as disk:
        first = site.builder.build(folder, index, temporary=disk)
    second = site.builder.build(folder, index)
    told = first.problem or first.traceback or str(first.failed)
    expect(not first.traceback, first.traceback)
    expect("damaged" not in told, f"stored as damage: {told}")
    expect(second.articles == 2, f"not tried again: {second.failed}")
    return told[:100]


@contextlib.contextmanager
def _full_disk(folder: Path) -> Iterator[Path]:
    made = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(made, capture_output=True, check=False).returncode
    ):
        raise Unable("mounting a small disk needs rights that this account does not have")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
