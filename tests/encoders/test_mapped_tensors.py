"""Mapped tensors are those that the library reads, and a file that is none is refused."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from retriever.encoders.registry import bundled_folder
from retriever.encoders.runtimes.mapped_tensors import map_float32_tensors
from retriever.records.arrays import AnyArray

TENSORS: dict[str, AnyArray] = {
    "matrix": np.arange(6, dtype=np.float32).reshape(2, 3),
    "vector": np.array([0.5], dtype=np.float32),
    "empty": np.zeros((0, 4), dtype=np.float32),
    "whole": np.arange(3, dtype=np.int64),
    "half": np.ones(3, dtype=np.float16),
}


@pytest.mark.model
def test_the_bundled_weights_are_as_the_library_reads_them() -> None:
    path = bundled_folder() / "model.safetensors"
    expected = {name: own for name, own in load_file(path).items() if own.dtype == np.float32}
    found = map_float32_tensors(path)
    assert found.keys() == expected.keys()
    for name, value in found.items():
        np.testing.assert_array_equal(value, expected[name])


def test_only_32_bits_are_mapped_and_the_file_stays_as_it_is(tmp_path: Path) -> None:
    save_file(TENSORS, tmp_path / "model.safetensors", metadata={"format": "pt"})
    before = (tmp_path / "model.safetensors").read_bytes()
    found = map_float32_tensors(tmp_path / "model.safetensors")
    assert found.keys() == {"matrix", "vector", "empty"}
    for name, value in found.items():
        assert value.dtype == np.float32
        np.testing.assert_array_equal(value, TENSORS[name])
        value[:] = 1
    assert (tmp_path / "model.safetensors").read_bytes() == before


@pytest.mark.parametrize("padding", range(4))
def test_a_header_may_end_anywhere(tmp_path: Path, padding: int) -> None:
    numbers = np.arange(4, dtype=np.float32)
    entry = {"dtype": "F32", "shape": [2, 2], "data_offsets": [0, 16]}
    header = json.dumps({"matrix": entry}).encode() + b" " * padding
    path = tmp_path / "model.safetensors"
    path.write_bytes(len(header).to_bytes(8, "little") + header + numbers.tobytes())
    (found,) = map_float32_tensors(path).values()
    assert found.flags.aligned
    np.testing.assert_array_equal(found, numbers.reshape(2, 2))


@pytest.mark.parametrize("kept", [0, 4, 40, -1])
def test_a_file_that_was_cut_is_refused(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "model.safetensors"
    save_file(TENSORS, path)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(SafetensorError):
        map_float32_tensors(path)
