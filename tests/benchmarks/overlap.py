"""How long the encoder waits for articles while an index is built from pages and PDFs.

    python -m tests.benchmarks.overlap [--articles N] [--format html|pdf|jsonl]...

writes N made-up articles (200) into a temporary folder in each format (pages and PDFs, unless
said otherwise), reads and cuts them once without encoding, and builds an index of them. From the
start of a build to the end of its last encoding, the encoder waits whenever it does not encode.
Exit status 1 when it waits as long as if everything were read before anything is encoded. Compare
shares of one run only: the machine may do something else besides.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path

from retriever.corpus import ReaderPool, read_source, survey
from retriever.encoders.protocol import Encoded, Encoder
from retriever.encoders.registry import load_encoder
from retriever.indexing.job import Job
from retriever.indexing.pipeline import build_index
from retriever.indexing.progress import Progress
from retriever.indexing.segmentation import segment_article
from retriever.records import Article, Span
from retriever.records.arrays import FloatMatrix
from tests.benchmarks.rebuilding import made_up, say
from tests.corpus.typesetting import pdf

A_PARAGRAPH = 5  # sentences
LINKS = 150  # around the article of a page
ENOUGH = 128  # texts that are encoded at once, so that the library behind is loaded


def main(count: int, formats: Sequence[str]) -> bool:
    """Build, print where the time went, and return whether reading ran beside encoding."""
    with tempfile.TemporaryDirectory() as temporary:
        corpus = Path(temporary, "corpus")
        for name in formats:
            write(corpus / name, made_up(count), name)
        encoder = Timed(load_encoder())
        encoder.encode_parts(["Begin."] * ENOUGH, [()] * ENOUGH)
        read = seconds_of(lambda: read_and_cut(corpus, encoder))
        encoder.forget()
        started = time.perf_counter()
        passages = build(corpus, Path(temporary, "index"), encoder)
    until = encoder.last - started
    waited, after = 1 - encoder.busy / until, read / (read + encoder.busy)
    say(
        f"{count} articles as {', '.join(formats)}: {passages} passages; reading and cutting alone "
        f"{read:.1f} s, encoding {encoder.busy:.1f} s, to the end of the last {until:.1f} s"
    )
    say(f"the encoder waited {waited:.1%} of that; one after the other it would {after:.1%}")
    return waited < after


class Timed:
    """An encoder that adds up how long it encodes."""

    def __init__(self, encoder: Encoder) -> None:
        """Encode with ``encoder``."""
        self._encoder = encoder
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.busy = self.last = 0.0

    @property
    def fingerprint(self) -> str:
        """That of the encoder."""
        return self._encoder.fingerprint

    @property
    def window(self) -> int:
        """That of the encoder."""
        return self._encoder.window

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return what the encoder counts; that is no encoding."""
        return self._encoder.count_tokens(texts)

    def encode_query(self, texts: Sequence[str]) -> FloatMatrix:
        """Return what the encoder gives."""
        with self._timed():
            return self._encoder.encode_query(texts)

    def encode_document(self, texts: Sequence[str]) -> FloatMatrix:
        """Return what the encoder gives."""
        with self._timed():
            return self._encoder.encode_document(texts)

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> Encoded:
        """Return what the encoder gives."""
        with self._timed():
            return self._encoder.encode_parts(texts, parts)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.last = time.perf_counter()
        self.busy += self.last - started


def write(folder: Path, articles: Iterator[str], name: str) -> None:
    """Write articles, each a file in a format, or all in one of JSON Lines."""
    folder.mkdir(parents=True)
    if name == "jsonl":
        lines = "".join(f"{json.dumps({'text': text})}\n" for text in articles)
        (folder / "articles.jsonl").write_text(lines)
        return
    for number, text in enumerate(articles):
        title, body = text.split("\n\n")
        sentences = body.split(". ")
        paragraphs = [
            f"{name} {'. '.join(sentences[at : at + A_PARAGRAPH])}."
            for at in range(0, len(sentences), A_PARAGRAPH)
        ]
        made = (
            page(title, paragraphs)
            if name == "html"
            else pdf([("paragraph", part) for part in paragraphs])
        )
        (folder / f"{number:05d}.{name}").write_bytes(made)


def page(title: str, paragraphs: Sequence[str]) -> bytes:
    """Return a page with much around the article, as saved pages have it."""
    links = "".join(f'<li><a href="/{n}">Read more on subject {n}</a></li>' for n in range(LINKS))
    body = "".join(f"<p>{escape(part)}</p>" for part in paragraphs)
    return (
        f"<html><head><title>{title}</title></head><body><nav><ul>{links}</ul></nav>"
        f"<article><h1>{title}</h1>{body}</article><footer><ul>{links}</ul></footer></body></html>"
    ).encode()


def read_and_cut(corpus: Path, encoder: Encoder) -> None:
    """Do what a build does before it encodes."""
    with ReaderPool() as readers:
        for source in survey(corpus).sources:
            for item in read_source(source, readers):
                if isinstance(item, Article):
                    segment_article(item, encoder)


def build(corpus: Path, index: Path, encoder: Encoder) -> int:
    """Build an index and return how many passages it has."""

    def unseen(_: Progress) -> None:
        pass

    job = Job(
        corpus=corpus,
        index=index,
        encoder_name="timed",
        encoder=encoder,
        full=False,
        progress=unseen,
    )
    return build_index(job).passages


def seconds_of(work: Callable[[], None]) -> float:
    """Do something and return how long it took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--format", action="append", choices=["html", "pdf", "jsonl"])
    asked = parser.parse_args()
    sys.exit(0 if main(asked.articles, asked.format or ["html", "pdf"]) else 1)
