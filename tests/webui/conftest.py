"""A small real index for all tests of the page, and makers of articles and of further indexes."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from retriever import Article, Index
from tests.webui.corpora import FILES, index_of


def _article(text: str, **known: object) -> Article:
    """Return an article of this text; ``known`` are further fields."""
    fields: dict[str, object] = {"id": "article", "path": "article.txt", **known}
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(text=text, sha256=digest, **fields)  # type: ignore[arg-type]


@pytest.fixture
def make_article() -> Callable[..., Article]:
    """Return the maker of articles: their text, then any field by name."""
    return _article


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of the files in :mod:`tests.webui.corpora`; it is only read."""
    return index_of(FILES, tmp_path_factory.mktemp("library"))


@pytest.fixture
def make_library(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, str]], Index]:
    """Return the maker of further indexes: the texts of their files by name."""
    return lambda files: index_of(files, tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def noted(library: Index) -> Article:
    """Return an article with everything: headline, heading, date, link, and two notes, an Ibid."""
    return library.article("article.txt")


@pytest.fixture(scope="session")
def seeds_library(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of the articles in ``seeds/``; it is only read."""
    seeds = Path(__file__).parents[2] / "seeds"
    texts = {file.name: file.read_text(encoding="utf-8") for file in sorted(seeds.glob("*.txt"))}
    return index_of(texts, tmp_path_factory.mktemp("seeds"))
