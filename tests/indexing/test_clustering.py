"""Reprints and versions found when an index is built: which, in what order, and only once."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pytest

from retriever.errors import IndexDamagedError
from retriever.index.clusters import CLUSTERS, COMPARED, Clusters
from retriever.index.publishing import current_generation
from retriever.indexing import clustering
from retriever.indexing.doctor import examine
from retriever.indexing.signatures import candidate_pairs, signature
from retriever.text.reprinting import RELATED
from retriever.text.shingles import Shingled, shingled
from tests.building import assert_same_as_anew, build_with, contents, opened, write_articles
from tests.hashing_encoder import HashingEncoder
from tests.text import news_cases as news

Record = Mapping[str, object]


def record(name: str, text: str, publisher: str | None, day: str | None, **more: object) -> Record:
    """Return an article as a line of JSON has it."""
    return {"id": name, "text": text, "publisher": publisher, "published": day, **more}


WIRE = (
    record("daily", news.CRANE_STYLED, "Daily", "2022-11-04", title="Crane falls"),
    record("wire", news.CRANE, "Nordwire", "2022-11-03", title="Crane closes port"),
    record("short", news.CRANE_SHORT, "Hamn Post", "2022-11-03", title="Crane closes port"),
    record("noted", news.CRANE_PREFACED, "Lund News", None),
    record("ferry", news.FERRY, "Nordwire", "2022-11-03", title="Crews vote"),
    record("elsewhere", news.CRANE_ELSEWHERE, "Ostby Times", "2022-11-03"),
)


def build(folder: Path, records: Iterable[Record]) -> Path:
    """Build an index of articles and return where it is."""
    write_articles(folder / "corpus" / "a.jsonl", records)
    build_with(HashingEncoder(), folder / "corpus", folder / "index")
    return folder / "index"


def clusters(index: Path) -> dict[str, tuple[str, str, int]]:
    """Return of each article its origin, the first version of it, and which version it is."""
    with opened(index) as generation:
        ids = [article.id for article in generation.store.articles()]
        found = generation.clusters
        return {
            name: (ids[found.origin_of(row)], ids[found.edition_of(row)], found.version_of(row))
            for row, name in enumerate(ids)
        }


def origins(index: Path) -> dict[str, str]:
    """Return the origin of each article."""
    return {name: origin for name, (origin, _, _) in clusters(index).items()}


def test_the_first_published_is_the_origin_and_of_one_day_the_one_that_is_not_cut(
    tmp_path: Path,
) -> None:
    assert origins(build(tmp_path, WIRE)) == {
        "daily": "wire",
        "wire": "wire",
        "short": "wire",
        "noted": "wire",
        "ferry": "ferry",
        "elsewhere": "elsewhere",
    }


@pytest.mark.parametrize("name", news.DIFFERENT)
@pytest.mark.parametrize("publishers", [("Nordwire", "Nordwire"), ("Nordwire", "Daily")])
def test_two_stories_of_one_day_stay_two(
    tmp_path: Path, name: str, publishers: tuple[str, str]
) -> None:
    told = [
        record(str(place), text, publisher, "2022-11-03")
        for place, (text, publisher) in enumerate(
            zip(news.DIFFERENT[name], publishers, strict=True)
        )
    ]
    assert origins(build(tmp_path, told)) == {"0": "0", "1": "1"}


def test_the_days_reports_of_one_title_stay_apart(tmp_path: Path) -> None:
    told = [
        record("monday", news.MONDAY, "Nordwire", "2022-11-07", title="Ostby shares"),
        record("tuesday", news.TUESDAY, "Nordwire", "2022-11-08", title="Ostby shares"),
        record("ninth", news.ROUND_NINE, "Nordwire", "2022-11-07", title="Results"),
        record("tenth", news.ROUND_TEN, "Nordwire", "2022-11-08", title="Results"),
    ]
    assert origins(build(tmp_path, told)) == {one: one for one in origins(tmp_path / "index")}


def test_a_brief_of_the_next_day_is_a_reprint_elsewhere_and_a_report_of_its_own_here(
    tmp_path: Path,
) -> None:
    again = news.BRIEF.replace("Wednesday", "Thursday")
    told = [
        record("wire", news.BRIEF, "Nordwire", "2022-11-02", title="Fire"),
        record("again", again, "Nordwire", "2022-11-03", title="Fire"),
    ]
    assert origins(build(tmp_path, told)) == {"wire": "wire", "again": "again"}
    told = [*told[:1], record("again", again, "Daily", "2022-11-03")]
    assert origins(build(tmp_path, told)) == {"wire": "wire", "again": "wire"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"url": "https://www.nordwire.no/crane/"},
            {"url": "http://nordwire.no/crane?utm_source=x"},
        ),
        ({"title": "Crane closes port"}, {"title": "Crane closes port"}),
    ],
)
def test_a_revised_article_is_a_version_and_no_reprint(
    tmp_path: Path, one: dict[str, str], other: dict[str, str]
) -> None:
    told = [
        record("new", news.CRANE_REVISED, "Nordwire", "2022-11-03", updated="2022-11-05", **other),
        record("old", news.CRANE, "Nordwire", "2022-11-03", **one),
        record("daily", news.CRANE, "Daily", "2022-11-04"),
    ]
    assert clusters(build(tmp_path, told)) == {
        "old": ("old", "old", 0),
        "new": ("old", "old", 1),
        "daily": ("old", "daily", 0),
    }


def test_a_running_report_is_one_article_in_versions_at_one_address_only(tmp_path: Path) -> None:
    at = {"url": "https://daily.no/live"}
    told = [
        record("morning", news.TICKER_MORNING, "Daily", "2022-11-03", **at),
        record("noon", news.TICKER_NOON, "Daily", "2022-11-03", updated="2022-11-04", **at),
    ]
    assert clusters(build(tmp_path, told))["noon"] == ("morning", "morning", 1)
    apart = [told[0], {**told[1], "url": "https://daily.no/strike", "publisher": "Post"}]
    assert origins(build(tmp_path, apart)) == {"morning": "morning", "noon": "noon"}


def test_what_a_publisher_reuses_later_at_another_address_is_no_version(tmp_path: Path) -> None:
    told = [
        record("first", news.CRANE, "Daily", "2022-11-03", url="https://daily.no/1"),
        record("reused", news.CRANE_PREFACED, "Daily", "2022-11-20", url="https://daily.no/2"),
        record("moved", news.CRANE_STYLED, "Daily", "2022-11-04", url="https://daily.no/3"),
    ]
    assert clusters(build(tmp_path, told)) == {
        "first": ("first", "first", 0),
        "moved": ("first", "first", 1),
        "reused": ("first", "reused", 0),
    }


def test_counts_are_by_origin(tmp_path: Path) -> None:
    with opened(build(tmp_path, WIRE)) as generation:
        found = generation.clusters
        assert (len(found), found.count_origins()) == (6, 3)
        assert found.count_origins(np.array([0, 1])) == 1
        assert found.members(2) == [0, 1, 2, 3]
        assert found.origins_of(np.array([0, 4])).tolist() == [1, 4]


def test_a_rebuild_reads_only_what_is_new_and_gives_what_a_first_build_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = build(tmp_path, [*WIRE, record("table", news.ROUND_NINE, None, None)])
    read: list[str] = []

    def counted(text: str) -> Shingled:
        read.append(text)
        return shingled(text)

    monkeypatch.setattr(clustering, "shingled", counted)
    fresh = f"{news.FERRY} Nothing else is known."
    build(tmp_path, [*WIRE[1:], record("fresh", fresh, "Daily", "2022-11-05")])
    assert read[0] == fresh
    assert set(read) == {fresh, news.FERRY}  # compared with what it is like, and with nothing else
    assert origins(index)["fresh"] == "ferry"
    assert_same_as_anew(tmp_path / "corpus", index)


def test_the_order_of_the_articles_decides_nothing(tmp_path: Path) -> None:
    forward = origins(build(tmp_path / "one", WIRE))
    assert origins(build(tmp_path / "other", WIRE[::-1])) == forward


def test_a_build_tells_that_it_looks_for_reprints(tmp_path: Path) -> None:
    last: dict[str, tuple[int, int | None]] = {}
    corpus = write_articles(tmp_path / "corpus" / "a.jsonl", WIRE).parent
    build_with(
        HashingEncoder(),
        corpus,
        tmp_path / "index",
        progress=lambda step: last.update({step.stage: (step.done, step.total)}),
    )
    assert last["finding reprints"] == (6, 6)
    done, total = last["comparing texts"]
    assert done == total
    assert total


def test_pairs_are_found_that_share_enough_and_no_others() -> None:
    texts = [news.CRANE, news.FERRY, news.CRANE_SHORT, news.MONDAY, news.CRANE_PREFACED]
    signatures = np.stack([signature(shingled(text)) for text in texts])
    found = candidate_pairs(signatures, np.arange(len(texts)), least=RELATED)
    assert found.tolist() == [[0, 2], [0, 4], [2, 4]]


def test_of_many_in_one_bucket_not_every_pair_is_compared() -> None:
    signatures = np.stack([signature(shingled(news.CRANE))] * 400)
    found = candidate_pairs(signatures, np.arange(400), least=RELATED)
    assert len(found) < 400 * 26
    assert {(0, row) for row in range(1, 400)} <= set(map(tuple, found.tolist()))


def test_the_doctor_finds_clusters_of_other_articles(tmp_path: Path) -> None:
    index = build(tmp_path, WIRE)
    assert examine(index, lambda _: HashingEncoder()) == []
    with opened(index) as generation:
        folder = generation.folder
        np.save(folder / CLUSTERS, np.load(folder / CLUSTERS)[::-1])
    with pytest.raises(IndexDamagedError):
        Clusters.load(folder, articles=6)


@pytest.mark.parametrize("damage", [(0, 0, 9), (0, 1, 1), (0, 2, 1), (0, 0, -1)])
def test_clusters_that_name_no_first_article_are_refused(
    tmp_path: Path, damage: tuple[int, int, int]
) -> None:
    table = np.array([[0, 0, 0], [0, 1, 0], [2, 2, 0]], dtype=np.int32)
    row, column, value = damage
    table[row, column] = value
    np.save(tmp_path / CLUSTERS, table)
    with pytest.raises(IndexDamagedError, match=r"of a cluster|of an article"):
        Clusters.load(tmp_path, articles=3)


def test_what_was_compared_is_kept_by_text(tmp_path: Path) -> None:
    index = build(tmp_path, WIRE)
    compared = np.load(current_generation(index) / COMPARED)
    again = [{**one, "id": f"{one['id']}-again", "publisher": "Other"} for one in WIRE]
    build(tmp_path, [*WIRE, *again])
    assert np.array_equal(np.load(current_generation(index) / COMPARED), compared)
    assert contents(index)
