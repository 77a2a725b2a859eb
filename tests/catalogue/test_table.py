"""The table of entries: every order holds all of them once, compared with a plain sort."""

from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from retriever.catalogue.table import EntryTable, RowEntry
from retriever.records import CatalogueEntry
from retriever.records.catalogue import REMARKED, SORTINGS
from retriever.text.terms import fold_word

_entries = st.builds(
    CatalogueEntry,
    path=st.text(max_size=5),
    id=st.none() | st.text(max_size=5),
    title=st.none() | st.text(max_size=5),
    author=st.sampled_from([None, "Zoë", "ann"]),
    publisher=st.sampled_from([None, "A", "b"]),
    published=st.sampled_from([None, "2023", "2023-06", "2021-01-01"]),
    characters=st.integers(0, 3),
    state=st.sampled_from(["article", "failed"]),
    warnings=st.just(()) | st.just(("doubtful", "…")),
)
_KEYS: dict[str, Callable[[CatalogueEntry], Any]] = {
    "path": lambda entry: entry.path.casefold(),
    "title": lambda entry: (entry.title or entry.path).casefold(),
    "author": lambda entry: (entry.author or "").casefold() or None,
    "publisher": lambda entry: (entry.publisher or "").casefold() or None,
    "published": lambda entry: entry.published,
    "characters": lambda entry: entry.characters or None,
    "state": lambda entry: entry.state,
}


@given(
    st.lists(_entries, max_size=40),
    st.sampled_from(SORTINGS),
    st.booleans(),
)
def test_an_order_is_that_of_a_plain_stable_sort_with_the_unknown_last(
    entries: list[CatalogueEntry],
    sort: str,
    falling: bool,  # noqa: FBT001
) -> None:
    table = EntryTable(RowEntry(entry=entry) for entry in entries)
    assert len(table) == len(entries)
    order = table.order(f"{'-' if falling else ''}{sort}")
    assert sorted(order.tolist()) == [*range(len(entries))]
    key = _KEYS[sort]
    known = [entry for entry in entries if key(entry) is not None]
    expected = sorted(known, key=key, reverse=falling)
    expected += [entry for entry in entries if key(entry) is None]
    assert table.entries(order.tolist()) == tuple(expected)


@given(st.lists(_entries, max_size=20), st.text(min_size=1, max_size=3))
def test_what_is_stated_is_found_by_any_part_of_it(
    entries: list[CatalogueEntry], part: str
) -> None:
    table = EntryTable(RowEntry(entry=entry) for entry in entries)
    for word in (fold_word(part), "zoe", "doubt", "a"):
        said = (
            fold_word("\n".join(filter(None, (e.path, e.author, e.publisher, *e.warnings))))
            for e in entries
        )
        assert table.stating(word).tolist() == [word in words for words in said]
    remarked = [bool(entry.warnings) for entry in entries]
    assert table.in_state(REMARKED).tolist() == remarked
    assert table.states()[REMARKED] == sum(remarked)
