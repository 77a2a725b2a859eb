"""What the tests of reading share."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from retriever.corpus import ReaderPool, read_source, survey
from retriever.records import Article, Failure
from tests.corpus.pages import BODY

Read = Callable[..., list[Article | Failure]]
ReadPage = Callable[..., Article]
ReadPages = Callable[[Sequence[str]], list[str]]


@pytest.fixture(scope="session")
def readers() -> Iterator[ReaderPool]:
    """Return processes that read for all tests; starting one takes a quarter of a second."""
    with ReaderPool() as pool:
        yield pool


@pytest.fixture
def read(tmp_path: Path, readers: ReaderPool) -> Read:
    """Return a function that writes files, given as name → content, and reads them as a corpus."""

    def write_and_read(files: dict[str, str | bytes]) -> list[Article | Failure]:
        for name, content in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [
            item for source in survey(tmp_path).sources for item in read_source(source, readers)
        ]

    return write_and_read


@pytest.fixture
def read_one(read: Read) -> Callable[[str | bytes], Article]:
    """Return a function that reads one plain text as an article."""

    def read_text(content: str | bytes) -> Article:
        (article,) = read({"a.txt": content})
        assert isinstance(article, Article), article
        return article

    return read_text


@pytest.fixture
def read_page(read: Read) -> ReadPage:
    """Return a function that reads a page of a head and a body, by default five paragraphs."""

    def read_markup(head: str = "", body: str = BODY, name: str = "a.html") -> Article:
        page = f"<html><head>{head}</head><body><article>{body}</article></body></html>"
        (article,) = read({name: page})
        assert isinstance(article, Article), article
        return article

    return read_markup


@pytest.fixture
def read_pages(read: Read) -> ReadPages:
    """Return a function that reads whole pages and returns the text of each."""

    def texts_of(pages: Sequence[str]) -> list[str]:
        items = read({f"{n:03d}.html": page for n, page in enumerate(pages)})
        return [item.text if isinstance(item, Article) else "" for item in items]

    return texts_of
