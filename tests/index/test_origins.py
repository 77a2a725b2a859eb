"""Origins in columns say what the origins one by one say."""

from collections import Counter
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retriever.index.origins import FIELDS, Origin, Origins

stated = st.none() | st.sampled_from(["", "AP", "Ostby’s “News”", "\u202eשלום"])
dates = st.none() | st.sampled_from(["2023", "2023-06", "2023-06-25", "1987-02-26"])
origins = st.lists(
    st.builds(Origin, publisher=stated, published=dates, author=stated, language=stated),
    max_size=20,
)


@given(given=origins)
def test_what_was_taken_is_given_back(given: list[Origin]) -> None:
    found = Origins.of(given)
    assert [*found] == given
    assert len(found) == len(given)


@given(given=origins)
def test_columns_count_as_a_loop_does(given: list[Origin]) -> None:
    found = Origins.of(given)
    for field in FIELDS:
        each = [getattr(origin, field) for origin in given]
        counted = Counter(value for value in each if value is not None)
        assert [*found.counts(field).items()] == [*counted.items()]
        assert found.values(field) == tuple(counted)
        assert found.without(field) == each.count(None)
        passing = found.passing(field, lambda value: "a" in value.casefold())
        assert passing.tolist() == [value is not None and "a" in value.casefold() for value in each]


@given(given=origins, data=st.data())
def test_the_newest_come_first(given: list[Origin], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.sampled_from(range(len(given))))) if given else []
    expected = sorted(rows, key=lambda row: given[row].published or "", reverse=True)
    assert Origins.of(given).newest_first(np.array(rows, dtype=np.int64)).tolist() == expected


@given(given=origins)
def test_those_alike_are_counted_in_order(given: list[Origin]) -> None:
    expected: dict[tuple[str | None, str | None], list[int]] = {}
    rows = [*reversed(range(len(given)))]
    for row in rows:
        expected.setdefault((given[row].author, given[row].publisher), []).append(row)
    found = Origins.of(given).alike(np.array(rows, dtype=np.int64))
    assert [*found] == [(own[0], len(own)) for own in expected.values()]


def test_what_was_saved_is_read_back(tmp_path: Path) -> None:
    made = [
        Origin(publisher="AP", published=None, author="Ann\x00 Ó", language=None),
        Origin(publisher=None, published="2023-06", author=None, language="en-GB"),
    ]
    Origins.of(made).save(tmp_path)
    assert [*Origins.load(tmp_path)] == made
