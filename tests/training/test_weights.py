"""Weights in 8 bits: how near they stay, and which are refused."""

import hashlib
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

import retriever.training
from retriever.reader.weights import DIFFERENCE, DIFFERENCE_SHA256
from retriever.training.loop import taken_weights
from retriever.training.network import small_reader
from retriever.training.weights import mean_weights, read_weights, rounded, write_weights


def test_eight_bits_are_off_by_half_a_step_at_most() -> None:
    matrix = torch.randn(20, 30, generator=torch.Generator().manual_seed(0))
    kept = rounded(matrix)
    off = (kept.matrix - matrix).abs().amax(dim=1)
    assert (off <= kept.scales * 0.5001).all()


def test_a_row_of_zeros_stays_zero() -> None:
    assert not rounded(torch.zeros(2, 3)).matrix.any()


def test_written_weights_read_back_nearly_alike(tmp_path: Path) -> None:
    learned = small_reader(vocabulary=20, seed=1)
    began = small_reader(vocabulary=20, seed=0)
    write_weights(taken_weights(learned), began, tmp_path / "reader.safetensors")
    again = read_weights(small_reader(vocabulary=20, seed=0), tmp_path / "reader.safetensors")
    for name, value in taken_weights(learned).items():
        assert torch.allclose(dict(again.named_parameters())[name], value, atol=2e-3), name


def test_the_mean_lies_between_two_readers() -> None:
    one, other = (small_reader(vocabulary=20, seed=seed) for seed in (0, 1))
    mean = mean_weights(taken_weights(one), other)
    weights = taken_weights(other)
    for name, value in taken_weights(one).items():
        assert torch.allclose(mean[name] - value, weights[name] - mean[name], atol=1e-6), name


def test_word_vectors_are_not_written(tmp_path: Path) -> None:
    reader = small_reader(vocabulary=20)
    assert not any("word_embeddings" in name for name in taken_weights(reader))
    write_weights(taken_weights(reader), reader, tmp_path / "reader.safetensors")


def test_weights_of_another_encoder_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "reader.safetensors"
    save_file({}, path, metadata={"format": "reader difference 1", "encoder": "another"})
    with pytest.raises(ValueError, match="another encoder"):
        read_weights(small_reader(vocabulary=20), path)


def test_the_weights_kept_are_those_that_the_card_describes() -> None:
    folder = Path(retriever.training.__file__).parent
    content = DIFFERENCE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == DIFFERENCE_SHA256
    assert DIFFERENCE_SHA256 in (folder / "README.md").read_text(encoding="utf-8")
    assert len(content) < 12_000_000
