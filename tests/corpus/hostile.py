"""A folder of broken and hostile files, each with what is to come of it."""

import gzip
import io
import json
import lzma
import os
import random
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.corpus.documents import epub, tarred, word, zipped
from tests.corpus.typesetting import pdf

STORY = "The lighthouse of {} was lit again on Friday. Its keeper said that nobody had slept.\n"
LONGEST = 200_000_000
"""Bytes of the longest file, all in one line."""


@dataclass(frozen=True, kw_only=True)
class Hostile:
    """A file; ``reason`` is part of what is told of it, ``None`` where it is read all the same.

    ``at`` is the part of it that the reason is told of.
    """

    name: str
    content: bytes
    reason: str | None
    at: str = ""


def write_all(folder: Path) -> tuple[dict[str, str | None], int]:
    """Write the files, three sound ones among them; return path → reason, and how many files.

    Those whose names say that they change, the test changes while they are read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    expected: dict[str, str | None] = {}
    written = 0
    for one in files():
        file = folder / one.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(one.content)
        expected[f"{one.name}{one.at}"] = one.reason
        written += 1
    expected |= _special(folder)
    return expected, written


def files() -> Iterator[Hostile]:
    """Yield the files that are files, one at a time: some are large."""
    for name in ("sound-a.txt", "sound-m.txt", "sound-z.txt"):
        yield Hostile(name=name, content=STORY.format(name).encode(), reason=None)
    yield from _texts()
    yield from _documents()
    yield from _xml()
    yield from _json()
    yield from _archives()


def _texts() -> Iterator[Hostile]:
    story = STORY.format("Ærø, “Øst”") * 3
    story_of = STORY.format
    yield Hostile(name="growing.txt", content=story_of("Grow").encode(), reason=None)
    yield Hostile(name="vanishing.txt", content=story_of("Gone").encode(), reason="was removed")
    yield Hostile(name="shrinking.md", content=story_of("Less").encode(), reason="is empty")
    yield Hostile(name="turning.txt", content=story_of("Turn").encode(), reason="is a pipe")
    yield Hostile(name="empty.txt", content=b"", reason="is empty")
    yield Hostile(name="blank.txt", content=b" \n\t\r\n" * 99, reason="holds no text")
    yield Hostile(name="noise.txt", content=random.Random(1).randbytes(9999), reason="binary")
    yield Hostile(name="picture.txt", content=b"\x89PNG\r\n\x1a\n" + bytes(999), reason="binary")
    yield Hostile(name="nul.txt", content=bytes(99_999), reason="binary")
    yield Hostile(name="unmarked-utf16.txt", content=story.encode("utf-16-le"), reason=None)
    yield Hostile(name="marked-utf16.txt", content=story.encode("utf-16"), reason=None)
    yield Hostile(name="odd-utf16.txt", content=story.encode("utf-16")[:-1], reason="")
    yield Hostile(name="windows.txt", content=story.encode("cp1252"), reason=None)
    mixed = story.encode() + "café ".encode("cp1252") * 9
    yield Hostile(name="mixed.txt", content=mixed, reason="")
    yield Hostile(name="one-line.txt", content=b"word " * (LONGEST // 5), reason="is larger than")
    yield Hostile(name="new\nline\u202e.txt", content=story.encode(), reason=None)
    yield Hostile(name="deep.html", content=b"<div>" * 100_000 + b"x", reason="")
    yield Hostile(name="quotes.md", content=b"> " * 50_000 + b"x", reason="")
    yield Hostile(name="brackets.md", content=b"[" * 60_000 + b"x", reason=None)
    yield Hostile(name="stars.md", content=b"*a **b " * 20_000, reason=None)
    matter = b"---\na: " + b"[" * 50_000 + b"\n---\nThe text."
    yield Hostile(name="nested-matter.md", content=matter, reason=None)
    yield Hostile(name="huge.md", content=b"word " * 2_000_000, reason="is larger than")


def _documents() -> Iterator[Hostile]:
    whole = pdf()
    yield Hostile(name="truncated.pdf", content=whole[:700], reason="is not a whole PDF")
    yield Hostile(name="no.pdf", content=b"hello", reason="is not a whole PDF")
    yield Hostile(name="locked.pdf", content=_locked(), reason="is locked with a password")
    yield Hostile(name="scan.pdf", content=_blank(), reason="OCR")
    yield Hostile(name="loop.pdf", content=_looping(), reason="is not a whole PDF")
    yield Hostile(name="bomb.pdf", content=_inflating(), reason="")
    noisy = bytearray(whole)
    for place in random.Random(2).sample(range(len(noisy)), 60):
        noisy[place] ^= 0x55
    yield Hostile(name="noisy.pdf", content=bytes(noisy), reason="")
    yield Hostile(name="truncated.docx", content=word()[:9000], reason="is not a whole zip")
    yield Hostile(name="old.docx", content=b"\xd0\xcf\x11\xe0" + bytes(999), reason="is locked")
    bomb = zipped({"word/document.xml": bytes(300_000_000)})
    yield Hostile(name="bomb.docx", content=bomb, reason="unfolds to")
    yield Hostile(name="empty.epub", content=zipped({"a": b""}), reason="lacks its part")
    yield Hostile(
        name="deep.epub",
        content=epub({"a.xhtml": "<div>" * 100_000}),
        reason="nested",
        at="/OEBPS/text/a.xhtml",
    )


def _xml() -> Iterator[Hostile]:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    bomb = f"<!DOCTYPE rss [{entities}]><rss><channel><item><description>&l9;</description></item>"
    yield Hostile(name="laughs.rss", content=bomb.encode(), reason="declares entities")
    outside = (
        '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body>&x;</body></nitf>'
    )
    yield Hostile(name="outside.nitf", content=outside.encode(), reason="declares entities")
    yield Hostile(name="deep.xml", content=b"<a>" * 100_000, reason="is nested")
    yield Hostile(name="no.xml", content=b"no xml", reason="is not XML")
    wide = b"<rss><channel>" + b"<item/>" * 2000 + b"</channel></rss>"
    yield Hostile(name="entries.rss", content=wide, reason="entry 1 holds no text")
    attributes = b"<rss " + b" ".join(b'a%d="x"' % n for n in range(50_000)) + b"/>"
    yield Hostile(name="attributes.rss", content=attributes, reason="")


def _json() -> Iterator[Hostile]:
    yield Hostile(name="deep.json", content=b"[" * 200_000, reason="nested too deeply")
    yield Hostile(name="cut.json", content=b'[{"text": "One."}, {"te', reason="is not JSON")
    yield Hostile(name="fat.json", content=b"[" + b"[]," * 30_000_000 + b"1]", reason="memory")
    line = json.dumps({"text": "x" * 30_000_000}).encode()
    yield Hostile(name="long.jsonl", content=line, reason="line 1 is longer than")
    number = b'{"text": "One.", "n": ' + b"9" * 100_000 + b"}"
    yield Hostile(name="number.jsonl", content=number, reason="line 1 is not JSON")
    cut = gzip.compress(b'{"text": "The lighthouse was lit."}\n' * 9)[:-9]
    yield Hostile(name="cut.jsonl.gz", content=cut, reason="is not a whole gzip file")
    yield Hostile(name="zeros.jsonl.gz", content=gzip.compress(bytes(LONGEST)), reason="unfolds")
    date = b'{"text": "The lighthouse was dark.", "published": "9999-99-99", "url": 5}'
    yield Hostile(name="date.jsonl", content=date, reason=None)


def _archives() -> Iterator[Hostile]:
    yield Hostile(name="no.zip", content=b"PK\x03\x04no", reason="is not a whole zip")
    bomb = zipped({"a.txt": bytes(LONGEST)})
    yield Hostile(name="bomb.zip", content=bomb, reason="unfolds to more", at="/a.txt")
    yield Hostile(name="overlap.zip", content=_overlapping(), reason="members overlap")
    deep = zipped({"a.txt": b"x"})
    for _ in range(9):
        deep = zipped({"a.zip": deep})
    yield Hostile(name="deep.zip", content=deep, reason="inside more than 2", at="/a.zip" * 3)
    evil = zipped({"../../evil.txt": STORY.encode(), "ok.txt": STORY.encode()})
    yield Hostile(name="out.zip", content=evil, reason="leads out", at="/../../evil.txt")
    zeros = tarred({"a.txt": bytes(LONGEST)}, "bz2")
    yield Hostile(name="zeros.tar.bz2", content=zeros, reason="unfolds to more", at="/a.txt")
    yield Hostile(name="header.tar", content=_header(), reason="claims")
    yield Hostile(
        name="cut.txt.xz", content=lzma.compress(bytes(9))[:-9], reason="damaged", at="/cut.txt"
    )
    quine = gzip.compress(gzip.compress(gzip.compress(STORY.encode())))
    yield Hostile(name="a.txt.gz.gz.gz", content=quine, reason=None)


def _special(folder: Path) -> dict[str, str | None]:
    """Make what is no file: a pipe, links that loop or lead out, a device where that is allowed."""
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    expected: dict[str, str | None] = {"pipe.txt": "is a pipe"}
    try:
        os.mknod(folder / "zero.txt", 0o20666, os.makedev(1, 5))
    except PermissionError:  # only root may
        return expected
    return expected | {"zero.txt": "device"}


def _locked() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt="secret")
    canvas.drawString(72, 700, "The text.")
    canvas.save()
    return stream.getvalue()


def _blank() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(0, 0, 500, 700, fill=1)
    canvas.save()
    return stream.getvalue()


def _looping() -> bytes:
    """Return a PDF whose page tree is its own child."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )


def _inflating() -> bytes:
    """Return a PDF whose one page unfolds to a thousand million bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(10_000_000)) for _ in range(100)) + packer.flush()
    return (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream endobj\n"
        b"trailer<</Root 1 0 R/Size 5>>\n%%%%EOF" % (len(packed), packed)
    )


def _overlapping() -> bytes:
    """Return a zip whose thousand members are all the same bytes."""
    one = bytearray(zipped({"0.txt": bytes(5_000_000)}))
    start = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entry, count = bytes(one[start:end]), 1000
    directory = entry * count
    tail = bytearray(one[end:])
    tail[8:12] = count.to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    return bytes(one[:start]) + directory + bytes(tail)


def _header() -> bytes:
    """Return a tar whose extended header claims eight thousand million bytes."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 8_000_000_000
    return info.tobuf(tarfile.GNU_FORMAT) + bytes(10_240)
