"""The whole of ``evaluate``, with the real encoder: which index it uses, builds or turns down."""

from pathlib import Path

import pytest

from retriever.building import build
from retriever.errors import DatasetError, EncoderError, SettingsError
from retriever.evaluation.run import evaluate
from retriever.indexing.progress import Progress
from retriever.library import open_index
from retriever.settings import Settings
from tests.evaluation.conftest import ROWS, write_rows

pytestmark = pytest.mark.model


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of its own, without an index."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_finds_and_quotes_the_evidence(folder: Path, nowhere: Path) -> None:
    """Two paragraphs of two articles are no challenge, and every quote stands."""
    told: list[Progress] = []
    report = evaluate(folder, progress=told.append)
    assert report.dataset == "town"
    assert report.queries == 3
    assert report.final.article_recall[1] is not None
    assert report.final.article_recall[1].value == 1
    assert report.verbatim_failures == 0
    assert report.latency_p50 is not None
    assert told[-1] == Progress(stage="questions", done=3, total=3)
    assert open_index(nowhere / ".quotidian" / "evaluations" / "town").coverage.articles == 2


def test_its_own_index_follows_the_corpus(folder: Path, nowhere: Path) -> None:
    """An article that is new since the last time is found."""
    evaluate(folder, limit=1)
    mill = {"id": "mill", "title": "Mill", "text": "The mill burned down in May."}
    write_rows(folder / "corpus.jsonl", [*ROWS["corpus.jsonl"], mill])
    evaluate(folder, limit=1)
    kept = nowhere / ".quotidian" / "evaluations" / "town"
    assert {article.id for article in open_index(kept).articles()} == {"harbour", "bridge", "mill"}


def test_a_missing_index_is_built_where_it_was_asked_for(folder: Path, nowhere: Path) -> None:
    """And used as it stands from then on, whatever the corpus does."""
    index = nowhere / "mine"
    evaluate(folder, index=index, limit=2)
    built = open_index(index).coverage
    mill = {"id": "mill", "title": None, "text": "The mill burned down."}
    write_rows(folder / "corpus.jsonl", [*ROWS["corpus.jsonl"], mill])
    evaluate(folder, index=index, limit=2)
    assert open_index(index).coverage == built
    assert not (nowhere / ".quotidian").exists()


def test_an_index_of_other_articles_is_turned_down(folder: Path, nowhere: Path) -> None:
    """The message names what is missing and the command that makes a right one."""
    other = nowhere / "other.jsonl"
    write_rows(other, [{"id": "mill", "title": None, "text": "The mill burned down."}])
    build(other, index=nowhere / "mine")
    with pytest.raises(DatasetError, match=r"article 'harbour'.*quotidian build .*corpus\.jsonl"):
        evaluate(folder, index=nowhere / "mine")


def test_what_is_wrong_is_said_before_anything_is_built(folder: Path, nowhere: Path) -> None:
    """A limit of nothing, and evidence that does not stand."""
    with pytest.raises(SettingsError, match="limit is 0"):
        evaluate(folder, limit=0)
    row = {**ROWS["evidence.jsonl"][0], "start": 1}
    write_rows(folder / "evidence.jsonl", [row])
    with pytest.raises(DatasetError, match=r"evidence\.jsonl:1"):
        evaluate(folder)
    assert list(nowhere.iterdir()) == []


def test_the_encoder_and_the_reader_of_the_settings_are_measured(
    folder: Path, nowhere: Path, tiny_model: Path
) -> None:
    """Another encoder gives other vectors; a reader that is not there cannot be passed over."""
    tiny = Settings(encoder=str(tiny_model))
    evaluate(folder, settings=tiny, index=nowhere / "tiny")
    assert open_index(nowhere / "tiny").encoder == str(tiny_model)
    evaluate(folder, index=nowhere / "tiny", limit=1)  # as it stands, where none is asked for
    evaluate(folder, settings=Settings(encoder=f"{tiny_model}/."), index=nowhere / "tiny", limit=1)
    evaluate(folder, index=nowhere / "bundled", limit=1)
    with pytest.raises(SettingsError, match=r"was built with .*'all-MiniLM-L6-v2', not"):
        evaluate(folder, settings=tiny, index=nowhere / "bundled")
    with pytest.raises(EncoderError, match="cannot read the reader's"):
        evaluate(folder, settings=Settings(reader=str(nowhere)), limit=1)
