"""Footnotes: entries, marks and Ibid."""

from retriever.corpus.article.footnotes import find_footnotes


def notes(text: str) -> list[tuple[str, int, str, str]]:
    """Return label, number of marks, entry and source of each note."""
    return [
        (note.label, len(note.marks), note.entry.of(text), note.source.of(text))
        for note in find_footnotes(text)
    ]


def test_entries_are_tied_to_their_marks() -> None:
    text = "One thing.[1] Two.[2] Three.[1]\n\nNotes\n\n[1] Smith, 2020\n[2] Jones"
    assert notes(text) == [("1", 2, "Smith, 2020", "Smith, 2020"), ("2", 1, "Jones", "Jones")]
    assert [mark.of(text) for mark in find_footnotes(text)[0].marks] == ["[1]", "[1]"]


def test_ibid_points_to_the_source_before_through_chains() -> None:
    text = "One.[1][2][3][4]\n[1] Smith\n[2] Ibid\n[3] ibid, p. 4\n[4] Jones\n[5] Ibid."
    assert [source for *_, source in notes(text)] == ["Smith", "Smith", "Smith", "Jones", "Jones"]


def test_ibid_without_an_entry_before_is_its_own_source() -> None:
    assert notes("One.[1]\n[1] Ibid.") == [("1", 1, "Ibid.", "Ibid.")]


def test_numbered_lines_are_notes_only_if_the_text_has_marks() -> None:
    assert notes("One.[1] Two.²\n1. Smith\n2. Jones") == [
        ("1", 1, "Smith", "Smith"),
        ("2", 1, "Jones", "Jones"),
    ]
    assert notes("Buy these.\n1. Milk\n2. Bread") == []


def test_address_on_the_next_line_belongs_to_its_entry() -> None:
    text = "One.[1]\n[1] Smith\nhttps://news.example/1\n[2] Jones"
    assert [entry for _, _, entry, _ in notes(text)] == ["Smith\nhttps://news.example/1", "Jones"]


def test_notes_in_the_middle_are_text() -> None:
    assert notes("One.[1]\n[1] Smith\nThe text goes on.") == []


def test_powers_are_no_marks_of_notes() -> None:
    text = "It covers 12 km² and cost 10² crowns.² So it is.¹\n\n1. A report.\n2. A letter."
    first, second = find_footnotes(text)
    assert [mark.start for mark in first.marks] == [text.index("¹")]
    assert [mark.start for mark in second.marks] == [text.index(".²") + 1]
