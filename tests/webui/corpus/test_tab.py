"""The corpus tab: its list, its figures, and who may do what."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gradio.utils import get_upload_folder
from hypothesis import given
from hypothesis import strategies as st

from retriever import CatalogueEntry, ListPage, ListRequest, QuestionError
from tests.attacks import ATTACKS
from tests.webui.corpora import records
from webui import render
from webui.corpus.curator import Curator, Work
from webui.corpus.histogram import bars_of
from webui.corpus.listing import NumberedPage, narrowed_by, numbered_page, read_wish
from webui.corpus.phrases import dates_between
from webui.corpus.tab import CorpusTab, _TabEvents
from webui.corpus.uploads import uploaded


def test_the_list_is_narrowed_by_words_publisher_dates_and_state(library: Any) -> None:
    def paths(**wanted: Any) -> list[str]:
        return [row.path for row in numbered_page(library.catalogue(), read_wish(wanted)).rows]

    assert paths(text="HEADLINE") == ["article.txt"]
    assert paths(text="is empty") == ["c.txt"]
    assert paths(text="supports") == ["article.txt"]
    assert paths(publisher="The Paper") == ["article.txt"]
    assert paths(after="2023-06", before="2023-06-30") == ["article.txt"]
    assert paths(after="2024") == []
    assert paths(after="soon")[0] == "article.txt"
    assert paths(state="failed") == ["c.txt"]
    assert paths(state="skipped") == ["article.txt.meta.toml"]
    assert paths(state="failed", text="zebra") == []
    longest = paths(sort="characters", falling=True)
    assert longest == ["article.txt", "b.txt", "article.txt.meta.toml", "c.txt"]


def test_a_page_that_is_not_there_is_the_last(make_library: Any) -> None:
    rows = [{"id": f"{n:03}", "text": f"Text {n}.", "title": f"{n:03}"} for n in range(130)]
    held = make_library(records(*rows)).catalogue()
    page = numbered_page(held, read_wish({"page": 99, "sort": "title"}))
    assert (page.wish.page, page.pages, len(page.rows)) == (3, 3, 30)
    html = render.listing(held, page)
    assert 'max="3" value="3"' in html
    assert html.count('aria-disabled="true"') == 2
    assert "130 in the list" in html
    assert ">indexed<" not in html


@pytest.mark.parametrize(
    ("after", "before", "words"),
    [
        ("2023-06-01", "2023-06-30", "June 2023"),
        ("2023-01-01", "2023-12-31", "2023"),
        ("2023-06-05", "2023-06-05", "5 June 2023"),
        ("2023-06-01", "2023-07-31", "1 June 2023 to 31 July 2023"),
        ("2023", "", "from 2023"),
        ("", "2023-06", "until June 2023"),
        ("", "", ""),
    ],
)
def test_a_stretch_of_time_is_told_as_shortly_as_it_can_be(
    after: str, before: str, words: str
) -> None:
    assert dates_between(after, before) == words


def test_what_the_list_is_narrowed_to_can_be_taken_back(library: Any) -> None:
    """One by one, and all at once where there are several."""
    wish = read_wish({"text": "headline", "after": "2023-06-01", "before": "2023-06-30"})
    html = render.listing(library.catalogue(), numbered_page(library.catalogue(), wish))
    assert (
        '<bdi>“headline”</bdi> <button type="button" class="take-back" data-without="text"' in html
    )
    assert "<bdi>June 2023</bdi>" in html
    assert 'data-without="after before"' in html
    assert "Show all" in html
    assert "1 of 4 in the list" in html


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_any_wish_is_read_without_an_error(value: object) -> None:
    for wish in (value, {"text": value, "sort": value, "page": value, "falling": value}):
        assert read_wish(wish).page >= 1


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_field_of_an_entry_becomes_markup(library: Any, attack: str) -> None:
    def shown(words: str) -> str:
        entry = CatalogueEntry(path=words, id=words, title=words, author=words, publisher=words)
        failed = CatalogueEntry(path=words, state="failed", reason=words)
        content = ListPage(rows=(entry, failed), request=ListRequest(), found=2, total=2)
        wish = read_wish({"text": words, "publisher": words, "page": 2})
        page = NumberedPage(wish=wish, content=content, pages=3, narrowed=narrowed_by(wish))
        work = Work(said=words, problem=True, stage=words)
        return (
            render.listing(library.catalogue(), page)
            + render.figures(library.catalogue(), bars_of(["2022", "2023"]), [words])
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
        curator=Curator(tmp_path / "index", tmp_path / "gone"),
        may_curate=lambda _: may,
    )
    return _TabEvents(corpus)


def test_who_may_not_curate_sees_everything_and_changes_nothing(
    library: Any, tmp_path: Path
) -> None:
    reader: Any = SimpleNamespace(username="ann")
    figures, works, listing = tab(library, tmp_path, may=False).show('{"all": true}', reader)
    assert "2 articles" in figures
    assert "could not be read</span>: <bdi>is empty</bdi>" in listing
    assert "<button" not in works
    for work in ("rebuild", "cancel", "examine"):
        refused = tab(library, tmp_path, may=False).do(SimpleNamespace(work=work), reader)
        assert "Only those who look after the articles may do that." in refused
    assert not (tmp_path / "index").exists()


def test_who_may_curate_is_told_what_is_wrong(library: Any, tmp_path: Path) -> None:
    curator: Any = SimpleNamespace(username=None)
    events = tab(library, tmp_path, may=True)
    assert 'data-work="rebuild"' in events.show('{"all": true}', curator)[1]
    checked = events.do(SimpleNamespace(work="examine"), curator)
    assert "1 thing found wrong with the index:" in checked
    event = SimpleNamespace(files=[{"name": "a.txt", "path": "/etc/passwd"}])
    assert "That file was not uploaded" in events.add_files(event, curator)


def test_only_what_was_uploaded_can_be_added(tmp_path: Path) -> None:
    folder = Path(get_upload_folder())
    for path in ("/etc/passwd", str(folder), f"{folder}/../x", "", tmp_path):
        with pytest.raises(QuestionError):
            uploaded(path)
