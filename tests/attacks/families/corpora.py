"""Corpora: files that are none, texts that are no prose, formats that expand."""

import base64
import os
import random
import socket
from collections.abc import Callable
from pathlib import Path

from tests.attacks.attack import attack, expect, expect_one_line
from tests.attacks.site import Site

_SOUND = "The harbour was closed. A storm had come from the north."
_LONG = 180.0


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path)[-100:] if len(str(path)) > 100 else str(path))


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _written(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


def _text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(content, encoding="utf-8")


def _deep_folders(path: Path) -> None:
    for _ in range(120):
        path = path / "d"
    path.mkdir(parents=True)
    (path / "a.txt").write_text("The deepest lighthouse was lit.")


def _loop_of_folders(path: Path) -> None:
    path.mkdir()
    (path / "again").symlink_to(path.parent, target_is_directory=True)


def _many_files(path: Path) -> None:
    path.mkdir()
    for number in range(3_000):
        (path / f"{number}.txt").touch()


_noise = random.Random(1).randbytes
_TOLD = "root:"
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><rss><channel><item><title>&i;</title><description>&i;</description></item></channel>"
    + "</rss>"
)
_FOREIGN = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    "<rss><channel><item><title>x</title><description>&a; words</description></item></channel>"
    "</rss>"
)
_FILES: dict[str, tuple[int, str, Callable[[Path], object]]] = {
    "a pipe": (15, "b.txt", _fifo),
    "a socket": (15, "b.txt", _socket),
    "a link to the users": (15, "b.txt", _link("/etc/passwd")),
    "a link to a device": (15, "b.txt", _link("/dev/zero")),
    "a link to itself": (15, "b.txt", _link("b.txt")),
    "a link to a folder outside": (15, "b", _link("/etc")),
    "folders in a circle": (15, "b", _loop_of_folders),
    "folders 120 deep": (15, "b", _deep_folders),
    "three thousand empty files": (3, "b", _many_files),
    "a name of a line break and an escape": (13, "b\n\x1b]52;c;x\x07.txt", _text("Ship one left.")),
    "a name of no UTF-8": (3, os.fsdecode(b"b\xff\xfe.txt"), _text("Ship two left.")),
    "a name in the other direction": (13, "b\u202etxt.exe.txt", _text("Ship three left.")),
    "four megabytes of base64": (16, "b.txt", _written(base64.b64encode(_noise(3 << 20)))),
    "base64 in lines": (16, "b.txt", _written(base64.encodebytes(_noise(1 << 20)))),
    "a word of four megabytes": (16, "b.txt", _text("x" * (4 << 20))),
    "hexadecimals": (16, "b.txt", _text(_noise(1 << 20).hex())),
    "a line of brackets": (16, "b.txt", _text("(" * 300_000)),
    "quotation marks": (16, "b.txt", _text("“" * 200_000)),
    "stops": (16, "b.txt", _text(". " * 100_000)),
    "combining marks": (16, "b.txt", _text("e" + "\u0301" * 300_000)),
    "blanks of no width": (16, "b.txt", _text("\u200b" * 500_000)),
    "the other direction": (16, "b.txt", _text("\u202e reversed words \u2066" * 5_000)),
    "half a million line breaks": (16, "b.txt", _text("a\n" * 250_000)),
    "headlines alone": (16, "b.md", _text("# Title\n" * 50_000)),
    "quotes of quotes": (16, "b.md", _text("> " * 20_000 + "x")),
    "brackets of links": (16, "b.md", _text("[" * 50_000)),
    "deep lists": (16, "b.md", _text("".join("  " * n + "- x\n" for n in range(1_000)))),
    "front matter of references": (
        3,
        "b.md",
        _text(
            "---\na: &a [x,x,x,x]\n"
            + "".join(f"b{n}: &b{n} [*a,*a,*a]\n" for n in range(30))
            + "---\nx"
        ),
    ),
    "front matter of code": (
        3,
        "b.md",
        _text("---\n!!python/object/apply:os.system [id]\n---\nOne."),
    ),
    "a billion laughs": (3, "b.xml", _text(_LAUGHS)),
    "a foreign entity": (3, "b.xml", _text(_FOREIGN)),
    "XML 100,000 deep": (3, "b.xml", _text("<a>" * 100_000)),
    "HTML 100,000 deep": (3, "b.html", _text("<div>" * 100_000 + "One.")),
    "an element of many attributes": (
        3,
        "b.html",
        _text("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">One."),
    ),
    "tables in tables": (3, "b.html", _text("<table><tr><td>" * 3_000 + "One.")),
    "a page that loads": (
        6,
        "b.html",
        _text('<base href="https://evil.example/"><link rel=stylesheet href=x.css><p>One. Two.'),
    ),
    "JSON 100,000 deep": (3, "b.json", _text("[" * 100_000)),
    "a record of a huge number": (
        3,
        "b.jsonl",
        _text('{"text": "One.", "id": ' + "9" * 5_000 + "}"),
    ),
    "records of other kinds": (
        3,
        "b.jsonl",
        _text(
            '7\n"x"\n[]\n{"text": 7}\n{"text": {}}\n{"text": null}\n{"id": [], "text": "One."}\n'
        ),
    ),
    "records of one id": (3, "b.jsonl", _text('{"id": "a", "text": "One."}\n' * 500)),
    "a PDF that is none": (3, "b.pdf", _written(b"%PDF-1.7\n" + _noise(9_999))),
    "a PDF of loops": (
        3,
        "b.pdf",
        _written(
            b"%PDF-1.4\n1 0 obj<</Pages 1 0 R/Type/Catalog/Kids[1 0 R]>>endobj\n"
            b"trailer<</Root 1 0 R>>"
        ),
    ),
    "a Word file that is none": (3, "b.docx", _written(b"PK\x03\x04" + _noise(999))),
    "a book that is none": (3, "b.epub", _written(b"PK\x05\x06" + bytes(18))),
}


def _of(kind: int) -> dict[str, tuple[str, Callable[[Path], object]]]:
    return {name: made for name, (of, *made) in _FILES.items() if of == kind}  # type: ignore[misc]


@attack(3, "the rest is read, one line of why", each=_of(3), is_long=True)
@attack(6, "read, and nothing is loaded", each=_of(6), is_long=True)
@attack(13, "the rest is read, one line of why", each=_of(13))
@attack(15, "not followed, not waited for", each=_of(15))
@attack(16, "left out, or read soon", each=_of(16), is_long=True)
def a_file_of_the_corpus(site: Site, made: tuple[str, Callable[[Path], object]]) -> str:
    """Put it into a corpus beside an article, and build."""
    name, make = made
    folder, index = site.scratch("c"), site.scratch("c-index")
    (folder / "a.txt").write_text(_SOUND)
    make(folder / name)
    built = site.builder.build(folder, index)
    expect(not built.traceback, built.traceback)
    expect(not built.problem, built.problem)
    expect(built.articles >= 1, "the article beside it is lost")
    expect(built.seconds < _LONG, f"after {built.seconds:.0f} s")
    for reason in built.failed.values():
        expect_one_line(reason)
        expect(_TOLD not in reason, "a file of the system is told")
    return f"{built.seconds:.1f} s; {next(iter(built.failed.values()), 'read or passed over')}"
