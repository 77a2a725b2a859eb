"""Arrays written row by row are the files that numpy writes of the whole."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.indexing.array_writer import ArrayWriter

KINDS = [np.int8, np.int32, np.float32]


@given(
    kind=st.sampled_from(KINDS),
    width=st.integers(1, 5),
    order=st.integers(1, 30).flatmap(lambda count: st.permutations(range(count))),
    data=st.data(),
)
def test_rows_in_any_order_and_portion_give_the_file_of_the_whole(
    tmp_path_factory: pytest.TempPathFactory,
    kind: type[np.generic],
    width: int,
    order: list[int],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("growing")
    whole = np.arange(len(order) * width).reshape(-1, width).astype(kind)
    np.save(folder / "whole.npy", whole)
    left = order
    with closing(ArrayWriter(folder / "grown.npy", kind=kind)) as file:
        while left:
            count = data.draw(st.integers(1, len(left)))
            rows, left = np.array(left[:count]), left[count:]
            file.put(rows, whole[rows])
            np.testing.assert_array_equal(file.get(rows[::-1]), whole[rows[::-1]])
        file.finish(len(order))
    assert (folder / "grown.npy").read_bytes() == (folder / "whole.npy").read_bytes()


def test_an_array_without_rows_has_its_width(tmp_path: Path) -> None:
    nothing = np.empty((0, 384), dtype=np.int8)
    np.save(tmp_path / "whole.npy", nothing)
    file = ArrayWriter(tmp_path / "grown.npy", kind=np.int8)
    file.put(np.empty(0, dtype=np.int64), nothing)
    file.finish(0)
    assert (tmp_path / "grown.npy").read_bytes() == (tmp_path / "whole.npy").read_bytes()
