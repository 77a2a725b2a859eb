"""Readers of every format: articles and failures come out, and nothing is raised."""

import atexit
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from retriever.corpus import ReaderPool, SourceFile, read_source, survey
from retriever.corpus.article.composing import one_line
from retriever.corpus.formats.endings import ARCHIVES, BY_ENDING, ending_of
from retriever.corpus.reading import read_here
from retriever.records import Article, Failure
from retriever.text.sentences import sentence_spans
from tests.corpus import documents
from tests.corpus.typesetting import pdf
from tests.fuzzing.mutations import members_of, mutated, mutated_gzip, mutated_zip
from tests.fuzzing.sample import Sample, Target, require, require_one_line
from tests.strategies import any_texts

# What is made for C is read in the process apart here too; by a signal, C may end that by design.
_APART = (".pdf",)
_BROKEN = re.compile(r"stopped its reader: (?!SIG[A-Z]+)")
_MEMBERS = {"a.txt": b"The text. " * 99, "b.md": b"# One\n\nTwo.", "c.json": b'{"text": "One."}'}
_MEMBERS |= {"a.txt.meta.toml": b'title = "A"\npublished = 2023-06-25\n'}
_LINES = (
    b'{"id": "a", "title": "T", "text": "One. Two.", "published": "2023-06-25", "url": "https://a.b"}\n'
    b'{"id": 7, "text": "Three.", "authors": ["A", "B"], "language": "de"}\n'
)
_MAIL = (
    b"From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable"
    b"\r\nContent-Location: https://news.example/\r\n\r\n<h1>Storm</h1><p>It =E2=80=9Crained=E2=80"
    b"=9D all day and nobody was hurt in it.</p>\r\n--x--\r\n"
)


def _page() -> bytes:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Storm", '
        '"datePublished": "2023-06-25T10:00:00Z", "author": [{"name": "Jane Doe"}]}</script>'
        '<meta property="article:published_time" content="2023-06-25"><base href="https://a.b/">'
    )
    body = f"<article><h1>{documents.TITLE}</h1>{documents.html_body()}<table><tr><td>1</table>"
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</article></body>'.encode()
    )


@cache
def _plain_files() -> dict[str, bytes]:
    """Return a sound file of each format that is no archive of parts, by its ending."""
    return {
        ".txt": f"{documents.TITLE}\n\nBy Jane Doe\n\n{documents.GOLDEN}\n[1] A note.\n".encode(),
        ".html": _page(),
        ".mhtml": _MAIL,
        ".jsonl": _LINES,
        ".json": documents.json_list(),
        ".md": documents.markdown(),
        ".pdf": pdf(),
        ".rss": documents.rss(),
        ".atom": documents.atom(),
        ".nitf": documents.nitf(),
        ".xml": documents.newsml_g2(),
        ".newsml": documents.newsml_1(),
    }


@st.composite
def _samples(draw: st.DrawFn) -> Sample:
    plain = _plain_files()
    ending = draw(
        st.sampled_from((*plain, ".docx", ".epub", ".zip", ".jsonl.gz", ".tar", ".txt.gz"))
    )
    if ending in plain:
        whole = mutated(plain[ending], [*plain.values()])
        text = any_texts.map(lambda text: text.encode("utf-8", "replace"))
        content = draw(st.one_of(*[whole] * 9, text, st.binary(max_size=500)))
    elif ending in {".docx", ".epub"}:
        made = documents.word() if ending == ".docx" else documents.epub()
        content = draw(mutated_zip(members_of(made)))
    elif ending == ".zip":
        content = draw(mutated_zip(_MEMBERS))
    elif ending == ".tar":
        content = draw(mutated(documents.tarred(_MEMBERS)))
    else:
        content = draw(mutated_gzip(_LINES if "jsonl" in ending else plain[".txt"]))
    return Sample(ending=ending, content=content)


@cache
def _readers() -> ReaderPool:
    readers = ReaderPool()
    atexit.register(readers.__exit__)
    return readers


def _check(sample: Sample) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / f"a{sample.ending}").write_bytes(sample.content)
        (source,) = survey(Path(folder)).sources
        items = [*_read(source)]
    require(items, "neither an article nor a reason")
    for item in items:
        if isinstance(item, Failure):
            require_one_line(item.reason)
            require(not _BROKEN.match(item.reason), item.reason)
        else:
            _check_article(item)


def _read(source: SourceFile) -> Iterator[Article | Failure]:
    ending = ending_of(source.path)
    whole = ending in BY_ENDING and ending not in _APART and ending not in ARCHIVES
    if not whole:
        yield from read_source(source, _readers())
        return
    for item in read_here(source):  # where an error of the reader would be seen
        yield (
            replace(item, reason=one_line(item.reason) or "") if isinstance(item, Failure) else item
        )


def _check_article(article: Article) -> None:
    require(article.text.strip(), "an article of nothing")
    article.text.encode()
    fields = (article.title, article.author, article.publisher, article.url, article.language)
    for field in fields:
        require(field is None or field.strip(), f"an empty field: {field!r}")
        (field or "").encode()
    spans = [*article.headings, *article.pages]
    require(
        all(0 <= span.start <= span.end <= len(article.text) for span in spans), "a span outside"
    )
    reached = 0
    for span in sentence_spans(article.text, language=article.language or "en"):
        require(reached <= span.start < span.end <= len(article.text), "sentences out of order")
        require(not article.text[reached : span.start].strip(), "words of no sentence")
        reached = span.end
    require(not article.text[reached:].strip(), "words after the last sentence")


TARGET = Target(samples=_samples(), check=_check)
