"""The corpus tab: its list, its figures, and who may do what."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gradio.utils import get_upload_folder
from hypothesis import given
from hypothesis import strategies as st

from retriever import QuestionError
from tests.attacks import ATTACKS
from webui import render
from webui.corpus.catalogue import Catalogue, CatalogueEntry, read_catalogue
from webui.corpus.curator import Curator, Work
from webui.corpus.histogram import bars_of
from webui.corpus.listing import PER_PAGE, ListRequest, list_page, read_list_request
from webui.corpus.tab import CorpusTab, _TabEvents
from webui.corpus.uploads import uploaded

_entries = st.builds(
    CatalogueEntry,
    path=st.text(max_size=5),
    id=st.none() | st.text(max_size=5),
    title=st.none() | st.text(max_size=5),
    publisher=st.sampled_from([None, "A", "B"]),
    published=st.sampled_from([None, "2023", "2023-06", "2021-01-01"]),
    state=st.sampled_from(["article", "failed"]),
)


@given(
    st.lists(_entries, max_size=80),
    st.sampled_from(["path", "title", "publisher", "published", "characters", "state"]),
    st.booleans(),
)
def test_the_pages_together_hold_every_entry_once(
    entries: list[CatalogueEntry],
    sort: str,
    falling: bool,  # noqa: FBT001
) -> None:
    held = Catalogue(entries=tuple(entries))
    first = list_page(held, ListRequest(sort=sort, falling=falling))
    rows = [
        row
        for page in range(1, first.pages + 1)
        for row in list_page(held, ListRequest(sort=sort, falling=falling, page=page)).rows
    ]
    assert len(rows) == len(entries)
    assert sorted(map(repr, rows)) == sorted(map(repr, entries))
    assert all(len(first.rows) <= PER_PAGE for _ in rows)
    if sort == "published":
        dates = [row.published for row in rows]
        known = [date for date in dates if date]
        assert known == sorted(known, reverse=falling)
        assert dates[: len(known)] == known


def test_the_list_is_narrowed_by_words_publisher_and_state(library: Any) -> None:
    held = read_catalogue(library)

    def paths(**wanted: Any) -> list[str]:
        return [row.path for row in list_page(held, read_list_request(wanted)).rows]

    assert paths(text="HEADLINE") == ["article.txt"]
    assert paths(text="is empty") == ["c.txt"]
    assert paths(publisher="The Paper") == ["article.txt"]
    assert paths(state="failed") == ["c.txt"]
    assert paths(state="skipped") == ["article.txt.meta.toml"]
    assert paths(state="failed", text="zebra") == []
    longest = paths(sort="characters", falling=True)
    assert longest == ["article.txt", "b.txt", "article.txt.meta.toml", "c.txt"]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_any_wish_is_read_without_an_error(value: object) -> None:
    for wish in (value, {"text": value, "sort": value, "page": value, "falling": value}):
        assert read_list_request(wish).page >= 1


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_field_of_an_entry_becomes_markup(attack: str) -> None:
    def shown(words: str) -> str:
        entry = CatalogueEntry(path=words, id=words, title=words, author=words, publisher=words)
        failed = CatalogueEntry(path=words, state="failed", reason=words)
        held = Catalogue(entries=(entry, failed))
        page = list_page(held, ListRequest(text=""))
        work = Work(said=words, problem=True, stage=words)
        return (
            render.listing(held, page)
            + render.figures(held, bars_of(held.dates), [words])
            + render.works(work, allowed=True)
        )

    assert shown(attack).count("<") == shown("plain").count("<")
    assert shown(attack).count('"') == shown("plain").count('"')


def test_a_rebuild_of_one_large_file_is_seen_to_go_on() -> None:
    work = Work(
        running=True, stage="reading", total=1, articles=1200, encoded=128, per_second=43.21
    )
    html = render.works(work, allowed=True)
    assert "0 of 1 · 1,200 articles · 128 passages encoded · 43.2 a second</label>" in html


def tab(library: Any, tmp_path: Path, *, may: bool) -> Any:
    """Return the tab's events."""
    corpus = CorpusTab(
        index=library,
        catalogue=lambda: read_catalogue(library),
        curator=Curator(tmp_path / "index", tmp_path / "gone"),
        may_curate=lambda _: may,
    )
    return _TabEvents(corpus)


def test_who_may_not_curate_sees_everything_and_changes_nothing(
    library: Any, tmp_path: Path
) -> None:
    reader: Any = SimpleNamespace(username="ann")
    figures, works, listing = tab(library, tmp_path, may=False).show(reader)
    assert "2 articles" in figures
    assert ">is empty</span>" in listing
    assert "<button" not in works
    for work in ("rebuild", "cancel", "examine"):
        refused = tab(library, tmp_path, may=False).do(SimpleNamespace(work=work), reader)
        assert "Only those who look after the articles may do that." in refused
    assert not (tmp_path / "index").exists()


def test_who_may_curate_is_told_what_is_wrong(library: Any, tmp_path: Path) -> None:
    curator: Any = SimpleNamespace(username=None)
    events = tab(library, tmp_path, may=True)
    assert 'data-work="rebuild"' in events.show(curator)[1]
    checked = events.do(SimpleNamespace(work="examine"), curator)
    assert "1 thing found wrong with the index:" in checked
    event = SimpleNamespace(files=[{"name": "a.txt", "path": "/etc/passwd"}])
    assert "That file was not uploaded" in events.add_files(event, curator)


def test_only_what_was_uploaded_can_be_added(tmp_path: Path) -> None:
    folder = Path(get_upload_folder())
    for path in ("/etc/passwd", str(folder), f"{folder}/../x", "", tmp_path):
        with pytest.raises(QuestionError):
            uploaded(path)
