"""What people will change has one place: each is shown by adding one more of its kind.

Vector engines, encoder runtimes and export formats are shown beside their own tests
(tests/index/test_vectors.py, tests/encoders, tests/exporters).
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from retriever import Article, Failure, Index, IndexStaleError, open_index
from retriever.corpus.article.composing import About, Paragraph, compose
from retriever.corpus.formats import endings
from retriever.corpus.source import SourceFile
from retriever.ranking import features
from retriever.text import lexicon
from retriever.text.lexicon import Lexicon
from tests.building import HARBOUR, build_with, opened, write_articles
from tests.hashing_encoder import HashingEncoder


def _index_of(corpus: Path, folder: Path) -> Index:
    build_with(HashingEncoder(), corpus, folder)
    return open_index(folder, load=lambda _: HashingEncoder())


def test_a_ranking_feature_is_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = write_articles(tmp_path / "corpus.jsonl", {"harbour": HARBOUR})
    question = "What will be done about the repairs?"
    plain = _index_of(corpus, tmp_path / "index").ask(question)
    length = features.Feature(
        name="length",
        weight=50,
        measure=lambda found: np.array([len(text) for text in found.texts], dtype=np.float32),
        why="a test's: the longest sentence before all others",
    )
    monkeypatch.setattr(features, "FEATURES", (*features.FEATURES, length))
    changed = _index_of(corpus, tmp_path / "index").ask(question)
    assert "Repairs will cost" in (*plain.quotes, *plain.closest)[0].text
    assert "A storm had torn the old crane" in (*changed.quotes, *changed.closest)[0].text


def test_a_language_is_one_lexicon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spanish = Lexicon(code="es", stemmer="spanish", stop_words=frozenset("el la de en se".split()))
    monkeypatch.setitem(lexicon.LEXICONS, "es", spanish)
    record = {"id": "puerto", "language": "es", "text": "Se cerraron los puertos de la isla."}
    corpus = write_articles(tmp_path / "corpus.jsonl", [record])
    index = _index_of(corpus, tmp_path / "index")
    with opened(tmp_path / "index") as generation:
        assert generation.lexicon is spanish
        assert "puert" in generation.lexical
        assert "de" not in generation.lexical
    (hit,) = index.search("puerto")
    assert hit.scores.bm25 > 0
    for question in ("¿de la?", "el de la", '"de la"', "de", "Puertos de la isla", "puertto"):
        index.ask(question)
    monkeypatch.delitem(lexicon.LEXICONS, "es")
    with pytest.raises(IndexStaleError, match="quotidian build"):
        index.search("puerto")


def test_a_file_format_is_a_reader_and_its_endings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_memo(source: SourceFile) -> Iterator[Article | Failure]:
        text = source.location.read_text(encoding="utf-8").removeprefix("MEMO ")
        yield compose([Paragraph(text=text)], About(), path=source.path)

    memo = ModuleType("memo")
    monkeypatch.setattr(memo, "read_memo", read_memo, raising=False)
    monkeypatch.setitem(sys.modules, "retriever.corpus.formats.memo", memo)
    added = endings.Format(reader="memo.read_memo", endings=(".memo",), apart=False)
    monkeypatch.setitem(endings.BY_ENDING, ".memo", added)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.memo").write_text("MEMO The harbour of Ostby is closed.")
    index = _index_of(tmp_path / "corpus", tmp_path / "index")
    assert [article.text for article in index.articles()] == ["The harbour of Ostby is closed."]
