"""Changes of whole files: bytes turned over, words of the format put in, parts cut or repeated.

What is made of nothing seldom gets past the first line of a reader; a sound file with a few changes
reaches all of it.
"""

import gzip
import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

LARGEST = 200_000
# What readers stumble over, whatever the format.
_TOKENS = (
    *(b"", b"\0", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\x1a", b"\x85"),
    *(b"9" * 5_000, b"-1", b"0", b"1e999", b"NaN", b"18446744073709551616", b"0x1p-1074"),
    *(
        b"0000-00-00",
        b"9999-12-31T23:59:60+99:99",
        b"2023-02-30",
        b"\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa3",
    ),
    *(b"[" * 2_000, b'{"a":' * 2_000, b"(" * 2_000, b"<b>" * 2_000, b"<div><p>" * 400, b"> " * 800),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?xml?>"),
    *(b"<table><tr><td>", b"<script>", b"</body>", b"&#0;", b"&#xD800;", b"&#99999999;", b"&amp"),
    *(
        b"---\n",
        b"title: [",
        b"a: &a [*a]",
        b"```\n",
        b"[^1]: ",
        b"![](",
        b"# ",
        b"\\",
        b"\t",
        b'"',
    ),
    *(
        "\u202e".encode(),
        "\u200b".encode(),
        "İ".encode(),
        "é".encode(),
        "。".encode(),
        "“".encode(),
    ),
)
_places = st.floats(0, 1)
_lengths = st.integers(1, 300)
_tokens = st.sampled_from(_TOKENS) | st.binary(min_size=1, max_size=12)


@st.composite
def mutated(draw: st.DrawFn, whole: bytes, others: Sequence[bytes] = ()) -> bytes:
    """Return the bytes with a few changes; parts of ``others`` may come into them."""
    content = bytearray(whole)
    for _ in range(draw(st.integers(1, 8))):
        _change(draw, content, others or (whole,))
    return bytes(content[:LARGEST])


def _change(draw: st.DrawFn, content: bytearray, others: Sequence[bytes]) -> None:
    place, length = int(draw(_places) * len(content)), draw(_lengths)
    kind = draw(st.sampled_from(("turn", "put", "over", "cut", "repeat", "end", "graft")))
    if kind == "turn" and place < len(content):
        content[place] ^= 1 << draw(st.integers(0, 7))
    elif kind == "put":
        content[place:place] = draw(_tokens)
    elif kind == "over":
        token = draw(_tokens)
        content[place : place + len(token)] = token
    elif kind == "cut":
        del content[place : place + length]
    elif kind == "repeat":
        content[place:place] = content[place : place + length] * draw(st.integers(1, 40))
    elif kind == "end":
        del content[place:]
    elif kind == "graft":
        other = draw(st.sampled_from(others))
        start = int(draw(_places) * len(other))
        content[place : place + length] = other[start : start + draw(_lengths)]


@st.composite
def mutated_zip(draw: st.DrawFn, members: Mapping[str, bytes]) -> bytes:
    """Return a zip file of members of which some are changed, gone, or there twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            chance = draw(st.integers(0, 9))
            if chance == 0:
                continue
            changed = draw(mutated(content)) if chance < 6 else content
            with warnings.catch_warnings(action="ignore"):  # of a name that is there twice
                archive.writestr(draw(_names(name)), changed)
    whole = stream.getvalue()
    return draw(mutated(whole)) if draw(st.integers(0, 3)) == 0 else whole


def _names(name: str) -> st.SearchStrategy[str]:
    hostile = ("../" + name, "/" + name, "a\0", "a" * 300 + name, name.upper(), "CON", name + "/")
    return st.sampled_from((*[name] * 20, *hostile))


@st.composite
def mutated_gzip(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return changed bytes, compressed; seldom with changes of what is compressed."""
    packed = gzip.compress(draw(mutated(whole)), mtime=0)
    return draw(mutated(packed)) if draw(st.integers(0, 3)) == 0 else packed


def members_of(archive: bytes) -> dict[str, bytes]:
    """Return the members of a zip file by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
