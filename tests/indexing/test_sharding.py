"""A corpus that several builders share out gives the index that one of them would have built."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from retriever import (
    Answer,
    BuildCancelled,
    BuildReport,
    CorpusError,
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
    IndexUnusableError,
    Progress,
    SettingsError,
    build,
    merge,
    open_index,
)
from retriever.corpus import Survey, survey
from retriever.index.manifest import read_manifest
from retriever.index.publishing import current_generation
from retriever.indexing.doctor import examine
from retriever.indexing.job import Job
from retriever.indexing.merging import merge_parts
from retriever.indexing.parts import parts_of
from retriever.indexing.pipeline import build_index
from retriever.indexing.sharding import Shard, parse_shard
from tests.building import BRIDGE, HARBOUR, LONG, build_with, contents, job_of, write_articles
from tests.hashing_encoder import HashingEncoder
from tests.text.news_cases import CRANE, CRANE_PREFACED, CRANE_SHORT, FERRY

SEEDS = Path(__file__).parents[2] / "seeds"


def _build_parts(job: Job, count: int) -> list[BuildReport]:
    shards = [Shard(number=number, count=count) for number in range(1, count + 1)]
    return [build_index(replace(job, shard=shard)) for shard in shards]


def _merged(job: Job, count: int) -> BuildReport:
    _build_parts(job, count)
    return merge_parts(job, parts_of(job.index))


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """Return a corpus with what is hard to share out: equal ids, equal texts, unread files."""
    folder = tmp_path / "several"
    write_articles(folder / "a.jsonl", {"harbour": HARBOUR, "same": BRIDGE})
    write_articles(folder / "deep" / "b.jsonl", {"same": f"{BRIDGE} And so on."})
    write_articles(folder / "c.jsonl", {"same": BRIDGE, "long": LONG})
    write_articles(folder / "d.jsonl", [{"id": "told", "title": "Ships", "text": LONG[:700]}])
    write_articles(folder / "e.jsonl", [{"id": "ships", "title": "Ships", "text": HARBOUR[:90]}])
    for number, text in enumerate((CRANE, CRANE_SHORT, FERRY, CRANE, CRANE_PREFACED)):
        told = {
            "publisher": f"Post {number}",
            "title": "Crane",
            "published": f"2022-11-0{5 - number}",
        }
        write_articles(folder / f"post-{number}.jsonl", [{"id": "crane", "text": text, **told}])
    for number in range(12):
        (folder / f"story-{number}.txt").write_text(f"Story {number} tells of the ship {number}.")
    (folder / "broken.json").write_text("{")
    (folder / "unread.xyz").write_text("?")
    (folder / ".hidden").write_text("?")
    (folder / "README.md").write_text("About the stories.")
    return folder


@pytest.mark.parametrize("count", [1, 2, 5, 40])
def test_merged_parts_are_the_index_built_in_one_go(
    several: Path, tmp_path: Path, count: int
) -> None:
    job = job_of(several, tmp_path / "index")
    report = _merged(job, count)
    anew = build_with(HashingEncoder(), several, tmp_path / "anew")
    assert contents(tmp_path / "index") == contents(tmp_path / "anew")
    assert (report.articles, report.passages) == (anew.articles, anew.passages)
    assert (report.ledger, report.failed) == (anew.ledger, anew.failed)
    assert (report.embedded, report.reused) == (0, anew.passages)
    assert examine(tmp_path / "index", lambda _: HashingEncoder()) == []
    questions = ("What happened to the crane?", "ship 7", "When did the bridge open?")
    one, other = (
        open_index(tmp_path / name, reader="none", load=lambda _: HashingEncoder())
        for name in ("index", "anew")
    )
    for question in questions:
        assert one.search(question) == other.search(question)
        assert _shown(one.ask(question)) == _shown(other.ask(question))


def _shown(answer: Answer) -> list[tuple[str, int, int, float]]:
    return [
        (quote.article.id, quote.start, quote.end, round(quote.score, 4))
        for quote in (*answer.quotes, *answer.closest)
    ]


@pytest.mark.model
def test_merged_parts_answer_as_one_build_does(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(sorted(SEEDS.iterdir())):
        (corpus / f"{number}{seed.suffix}").write_bytes(seed.read_bytes())
    for number in range(4):
        (corpus / f"story-{number}.txt").write_text(f"{HARBOUR} {BRIDGE} {LONG[: number * 300]}")
    build(corpus, index=tmp_path / "one")
    for number in (1, 2, 3):
        build(corpus, index=tmp_path / "parts", shard=f"{number}/3")
    merge(tmp_path / "parts")
    one, other = open_index(tmp_path / "one"), open_index(tmp_path / "parts")
    answered = 0
    for question in ("Who did Andrey Rudenko meet in Beijing?", "What will the repairs cost?"):
        first, second = one.ask(question), other.ask(question)
        answered += len(first.quotes)
        assert _shown(first) == _shown(second)
        assert first.outcome == second.outcome
        assert first.confidence == pytest.approx(second.confidence, abs=1e-3)
    assert answered


def test_every_file_falls_to_one_builder_wherever_the_corpus_lies(several: Path) -> None:
    found = survey(several)
    shares = [Shard(number=number, count=3).share_of(found) for number in (1, 2, 3)]
    assert Counter(source.path for share in shares for source in share.sources) == Counter(
        source.path for source in found.sources
    )
    assert sum(len(share.skipped) for share in shares) == len(found.skipped)
    more = Survey(sources=found.sources[:4], skipped=[])
    assert Shard(number=2, count=3).share_of(more).sources == [
        source for source in shares[1].sources if source in found.sources[:4]
    ]
    # Every machine and every release must agree on this.
    assert [
        path
        for path in ("a.txt", "b.txt", "c/d.html", "é.md")
        if Shard(number=1, count=2).holds(path)
    ] == ["c/d.html", "é.md"]


@pytest.mark.parametrize("written", ["0/8", "9/8", "2", "2/", "a/b", "-1/8", "1/10000", "2/8/9"])
def test_what_is_no_shard_is_refused(written: str) -> None:
    with pytest.raises(SettingsError, match="is no shard; write 2/8"):
        parse_shard(written)


def test_a_part_built_twice_reads_nothing_again(several: Path, tmp_path: Path) -> None:
    encoder = HashingEncoder()
    job = job_of(several, tmp_path / "index", encoder)
    first = _build_parts(job, 3)
    encoder.read = 0
    assert [again.generation for again in _build_parts(job, 3)] == [1, 1, 1]
    assert encoder.read == 0
    assert sum(report.articles for report in first) == 24


def test_merging_the_same_parts_again_changes_nothing(several: Path, tmp_path: Path) -> None:
    job = job_of(several, tmp_path / "index")
    assert _merged(job, 2).generation == 1
    assert merge_parts(job, parts_of(tmp_path / "index")).generation == 1
    (several / "story-3.txt").write_text("Story 3 was rewritten.")
    assert _merged(job, 2).generation == 2
    build_with(HashingEncoder(), several, tmp_path / "anew")
    assert contents(tmp_path / "index") == contents(tmp_path / "anew")


def test_a_merged_index_is_brought_up_to_date_as_any_other(several: Path, tmp_path: Path) -> None:
    encoder = HashingEncoder()
    job = job_of(several, tmp_path / "index", encoder)
    _merged(job, 3)
    encoder.read = 0
    assert build_with(encoder, several, tmp_path / "index").generation == 1
    (several / "story-3.txt").unlink()
    assert build_with(encoder, several, tmp_path / "index").generation == 2
    assert encoder.read == 0
    build_with(HashingEncoder(), several, tmp_path / "anew")
    assert contents(tmp_path / "index") == contents(tmp_path / "anew")


def test_sharing_out_anew_encodes_nothing_again(several: Path, tmp_path: Path) -> None:
    encoder = HashingEncoder()
    job = job_of(several, tmp_path / "index", encoder)
    build_with(encoder, several, tmp_path / "index")
    encoder.read = 0
    _build_parts(job, 4)
    assert encoder.read == 0


def test_a_part_that_is_stopped_is_built_by_the_next_try(several: Path, tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.articles:
            raise BuildCancelled("stopped")

    job = job_of(several, tmp_path / "index")
    with pytest.raises(BuildCancelled):
        build_index(replace(job, shard=parse_shard("1/2"), progress=stop))
    build_index(replace(job, shard=parse_shard("2/2")))
    with pytest.raises(
        IndexMissingError, match=r"not built yet: 1/2; build it with: .*--shard 1/2"
    ):
        parts_of(tmp_path / "index")
    _build_parts(job, 2)
    parts = parts_of(tmp_path / "index")
    with pytest.raises(BuildCancelled):
        merge_parts(replace(job, progress=stop), parts)
    with pytest.raises(IndexMissingError):
        current_generation(tmp_path / "index")
    assert merge_parts(job, parts).generation == 1


def test_what_does_not_go_together_is_refused_in_one_line(several: Path, tmp_path: Path) -> None:
    job = job_of(several, tmp_path / "index")
    with pytest.raises(IndexMissingError, match=r"no part in .*; build each with"):
        parts_of(tmp_path / "index")
    _build_parts(job, 2)
    build_index(replace(job, shard=parse_shard("1/3")))
    with pytest.raises(IndexUnusableError, match="parts of 2 and of 3"):
        parts_of(tmp_path / "index")
    one, two = (tmp_path / "index" / "parts" / name for name in ("1-of-2", "2-of-2"))
    assert [str(part.shard) for part in parts_of(tmp_path / "index", [two, one])] == ["1/2", "2/2"]
    with pytest.raises(IndexUnusableError, match="1/2 is there twice"):
        parts_of(tmp_path / "index", [one, two, one])
    with pytest.raises(IndexMissingError, match="not built yet: 2/2"):
        parts_of(tmp_path / "index", [one])
    build_with(HashingEncoder(), several, tmp_path / "whole")
    with pytest.raises(IndexUnusableError, match="is an index, but no part of one"):
        parts_of(tmp_path / "index", [one, tmp_path / "whole"])
    other = job_of(several, tmp_path / "index", HashingEncoder(name="another"))
    with pytest.raises(IndexStaleError, match="which is another one here"):
        merge_parts(other, parts_of(tmp_path / "index", [one, two]))
    build_index(replace(other, shard=parse_shard("2/2")))
    with pytest.raises(IndexStaleError, match=r"2/2 was built with the encoder .*, the part 1/2"):
        parts_of(tmp_path / "index", [one, two])


def test_a_damaged_part_is_named_and_the_index_in_use_stays(several: Path, tmp_path: Path) -> None:
    job = job_of(several, tmp_path / "index")
    _merged(job, 2)
    (several / "story-3.txt").write_text("Story 3 was rewritten.")
    _build_parts(job, 2)
    part = current_generation(tmp_path / "index" / "parts" / "2-of-2")
    (part / "vectors.npy").write_bytes(b"nothing")
    with pytest.raises(IndexDamagedError, match=r"2-of-2.*vectors.npy is missing or was altered"):
        merge_parts(job, parts_of(tmp_path / "index"))
    assert read_manifest(current_generation(tmp_path / "index")).generation == 1
    _build_parts(job, 2)
    assert merge_parts(job, parts_of(tmp_path / "index")).generation == 2


def test_parts_without_any_article_make_no_index(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.json").write_text("{")
    (corpus / "b.json").write_text(json.dumps({"text": ""}))
    job = job_of(corpus, tmp_path / "index")
    assert [report.articles for report in _build_parts(job, 2)] == [0, 0]
    assert [report.articles for report in _build_parts(job, 2)] == [0, 0]
    with pytest.raises(CorpusError, match="no article could be read"):
        merge_parts(job, parts_of(tmp_path / "index"))
