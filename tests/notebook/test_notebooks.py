"""Pinning, ordering, writing beside, searching, importing: one small step at a time."""

import json
from pathlib import Path
from typing import Any

import pytest

from retriever.errors import NotebookError, QuestionError
from retriever.notebook import entries
from retriever.notebook.checking import CheckedQuote, PinState
from retriever.notebook.entries import OwnNote, PinnedQuote, notebook_json, notebook_of
from retriever.notebook.notebooks import Notebooks
from retriever.records import Article
from tests.notebook.stored import TEXT, TREATY, Shelf, revised

RENEWED = (31, 54)


class CountingShelf(Shelf):
    """Counts how often an article is asked for."""

    looked = 0

    def article(self, article_id: str) -> Article:
        """Return the article of an id."""
        self.looked += 1
        return super().article(article_id)


@pytest.fixture
def notebooks(tmp_path: Path) -> Notebooks:
    """Return notebooks over the treaty's article."""
    return Notebooks(tmp_path / "notebooks", Shelf(TREATY))


def shown(notebooks: Notebooks, account: str | None = None, **sought: Any) -> list[str]:
    """Return the words of the entries, in order."""
    told = notebooks.show(account, **sought).entries
    return [one.text if isinstance(one, OwnNote) else one.entry.text for one in told]


def told_entries(notebooks: Notebooks) -> Any:
    """Return the entries as JSON has them."""
    return notebooks.show().to_dict()["entries"]


def test_a_quote_is_pinned_whole_with_its_source_and_speaker(notebooks: Notebooks) -> None:
    start = TEXT.index("keep")
    quote = notebooks.pin("treaty.txt", start, start + 4, question="Who keeps it?")
    assert quote.text == "“We will keep it,” said Ada Reyes."
    assert TREATY.text[quote.start : quote.end] == quote.text
    assert (quote.speaker, quote.article.title) == ("Ada Reyes", "A treaty")
    assert (quote.question, bool(quote.verified)) == ("Who keeps it?", True)
    assert notebooks.kept().entries == (quote,)


def test_what_is_pinned_twice_is_there_once(notebooks: Notebooks) -> None:
    first = notebooks.pin("treaty.txt", 0, 30)
    assert notebooks.pin("treaty.txt", 3, 8) == first
    assert len(notebooks.kept().entries) == 1


@pytest.mark.parametrize("place", [(54, 56), (9, 9), (-5, -1), (900, 950)])
def test_a_place_without_a_sentence_is_refused(
    notebooks: Notebooks, place: tuple[int, int]
) -> None:
    with pytest.raises(QuestionError, match="no sentence stands"):
        notebooks.pin("treaty.txt", *place)


def test_an_article_that_is_not_there_is_refused(notebooks: Notebooks) -> None:
    with pytest.raises(QuestionError, match="no article"):
        notebooks.pin("other.txt", 0, 9)


def test_a_pin_is_taken_out_again_but_not_with_what_was_written_beside_it(
    notebooks: Notebooks,
) -> None:
    quote = notebooks.pin("treaty.txt", 0, 30)
    assert notebooks.unpin("treaty.txt", 0, 30)
    assert not notebooks.unpin("treaty.txt", 0, 30)
    quote = notebooks.pin("treaty.txt", 0, 30)
    notebooks.annotate(quote.id, "mine")
    with pytest.raises(NotebookError, match="a note or labels of yours"):
        notebooks.unpin("treaty.txt", 0, 30)
    notebooks.remove(quote.id)
    notebooks.remove(quote.id)
    assert shown(notebooks) == []


def test_entries_are_moved_and_stop_at_the_ends(notebooks: Notebooks) -> None:
    first, second = notebooks.pin("treaty.txt", 0, 30), notebooks.pin("treaty.txt", *RENEWED)
    note = notebooks.add_note("In between")
    notebooks.move(note.id, -1)
    assert shown(notebooks) == [first.text, "In between", second.text]
    notebooks.move(note.id, 99)
    notebooks.move(second.id, -99)
    assert shown(notebooks) == [second.text, first.text, "In between"]
    with pytest.raises(NotebookError, match="no entry"):
        notebooks.move("ffffffffffff", 1)


def test_notes_and_labels_are_searched_with_words_and_source(notebooks: Notebooks) -> None:
    first, second = notebooks.pin("treaty.txt", 0, 30), notebooks.pin("treaty.txt", *RENEWED)
    notebooks.annotate(first.id, "Ask the archive\n")
    notebooks.label(second.id, ["  To  check", "To check", " "])
    note = notebooks.add_note("Call Reyes")
    notebooks.annotate(note.id, "Call Ada Reyes")
    assert notebooks.show().labels == ("To check",)
    assert shown(notebooks, text="ARCHIVE signed") == [first.text]
    assert shown(notebooks, label="to check") == [second.text]
    assert shown(notebooks, text="paper") == [first.text, second.text]
    assert shown(notebooks, text="ada") == ["Call Ada Reyes"]
    assert shown(notebooks, text="zebra") == []
    assert notebooks.show(text="zebra").total == 3


def test_only_the_part_that_is_shown_is_compared_with_the_articles(tmp_path: Path) -> None:
    shelf = CountingShelf(TREATY)
    notebooks = Notebooks(tmp_path, shelf)
    for place in ((0, 30), RENEWED, (56, 60)):
        notebooks.pin("treaty.txt", *place)
    shelf.looked = 0
    shown = notebooks.show(part=slice(1, 2))
    assert (len(shown.entries), shown.found, shown.total) == (1, 3, 3)
    assert shelf.looked == 1


def test_each_account_has_its_own_whatever_its_name(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "notebooks"
    notebooks = Notebooks(folder, Shelf(TREATY))
    names = ["ann", "Ann", "../../escape", "local", "a\0b", "\ud800", "x" * 999]
    for name in names:
        notebooks.add_note(f"of {name!r}", account=name)
    for name in names:
        assert shown(notebooks, name) == [f"of {name!r}"]
    assert shown(notebooks) == []
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent for path in kept} == {folder}
    assert len([path for path in kept if path.suffix == ".json"]) == len(names)


def test_what_was_exported_is_imported_elsewhere_and_not_twice(
    notebooks: Notebooks, tmp_path: Path
) -> None:
    quote = notebooks.pin("treaty.txt", 0, 30)
    notebooks.annotate(quote.id, "mine")
    notebooks.add_note("free")
    kept = json.loads(notebook_json(notebooks.kept()))
    assert notebooks.join(notebook_of(kept)).to_dict() == {"added": 0, "unverified": 0}
    other = Notebooks(tmp_path / "other", Shelf(TREATY))
    assert other.join(notebook_of(kept)).to_dict() == {"added": 2, "unverified": 0}
    (came, note) = other.kept().entries
    assert isinstance(came, PinnedQuote)
    assert (came.text, came.note, came.speaker) == (quote.text, "mine", quote.speaker)
    assert came.id != quote.id
    assert note.text == "free"


def test_an_imported_quote_has_its_source_from_the_article_that_holds_it(
    notebooks: Notebooks, tmp_path: Path
) -> None:
    notebooks.pin("treaty.txt", 0, 30)
    forged = json.loads(notebook_json(notebooks.kept()))
    forged["entries"][0]["article"] |= {"publisher": "Another", "url": "javascript:alert(1)"}
    forged["entries"][0]["speaker"] = "Somebody else"
    other = Notebooks(tmp_path / "other", Shelf(TREATY))
    other.join(notebook_of(forged))
    (came,) = other.kept().entries
    assert isinstance(came, PinnedQuote)
    assert came.article == notebooks.kept().entries[0].article  # type: ignore[union-attr]
    assert came.speaker is None


def test_words_that_no_article_holds_are_imported_as_never_verified(notebooks: Notebooks) -> None:
    notebooks.pin("treaty.txt", 0, 30)
    forged = json.loads(notebook_json(notebooks.kept()))
    notebooks.remove(notebooks.kept().entries[0].id)
    forged["entries"][0]["text"] = "The treaty was broken in 2001."[:30]
    assert notebooks.join(notebook_of(forged)).to_dict() == {"added": 1, "unverified": 1}
    (entry,) = notebooks.show().entries
    assert isinstance(entry, CheckedQuote)
    assert entry.state is PinState.UNVERIFIED
    assert entry.entry.verified is None


def test_what_is_shown_is_checked_with_the_articles_as_they_are_then(tmp_path: Path) -> None:
    shelf = Shelf(TREATY)
    notebooks = Notebooks(tmp_path, shelf)
    notebooks.pin("treaty.txt", 0, 30)
    shelf.held = {TREATY.id: revised(TEXT.replace("signed", "sealed"))}
    (told,) = told_entries(notebooks)
    assert (told["state"], told["new_words"]) == ("revised", "The treaty was sealed in 2001.")
    shelf.held = {}
    (told,) = told_entries(notebooks)
    assert (told["state"], told["now"]) == ("gone", None)


def test_a_notebook_has_bounds(notebooks: Notebooks, monkeypatch: pytest.MonkeyPatch) -> None:
    quote = notebooks.pin("treaty.txt", 0, 30)
    with pytest.raises(NotebookError, match="10,000 characters"):
        notebooks.annotate(quote.id, "x" * 10_001)
    with pytest.raises(NotebookError, match="labels"):
        notebooks.label(quote.id, ["x" * 61])
    with pytest.raises(NotebookError, match="labels"):
        notebooks.label(quote.id, [str(number) for number in range(13)])
    with pytest.raises(NotebookError, match="has to say something"):
        notebooks.add_note(" \n")
    monkeypatch.setattr("retriever.notebook.changes.MOST_ENTRIES", 1)
    with pytest.raises(NotebookError, match="at most 1 quotes"):
        notebooks.add_note("one more")
    monkeypatch.setattr("retriever.notebook.entries.MOST_BYTES", 900)
    with pytest.raises(NotebookError, match="at most 900 bytes"):
        notebooks.annotate(quote.id, "x" * 500)
    assert notebooks.kept().entries == (quote,)
    assert entries.MOST_ENTRIES == 1_000
