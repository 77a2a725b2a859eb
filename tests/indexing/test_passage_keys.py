"""Keys in a table, against a dictionary."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retriever.indexing.passage_keys import KEY_BYTES, KeyRegister, KeyTable, packed

# Few bytes, so that keys share beginnings and end in zeros.
keys = st.lists(st.sampled_from([0, 1, 255]), min_size=2, max_size=2).map(
    lambda ends: bytes([ends[0], *[0] * (KEY_BYTES - 2), ends[1]])
)


@given(given_keys=st.lists(keys, max_size=20), other=keys)
def test_each_key_has_the_number_that_it_was_first_given_with(
    given_keys: list[bytes], other: bytes
) -> None:
    table = KeyTable(packed(given_keys), np.arange(len(given_keys)))
    first = {key: number for number, key in reversed([*enumerate(given_keys)])}
    for key in {*given_keys, other}:
        assert table.number(key) == first.get(key)
    assert len(table) == len(given_keys)


@given(given_keys=st.lists(keys, max_size=40), recent=st.integers(1, 4))
def test_a_register_tells_which_came_first_however_many_there_are(
    given_keys: list[bytes], recent: int
) -> None:
    register, first = KeyRegister(recent=recent), dict[bytes, int]()
    for number, key in enumerate(given_keys):
        assert register.first(key, number) == first.setdefault(key, number)
