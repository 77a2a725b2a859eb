"""The bundled reader's file: the right weights come of it, and no others are taken."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

import retriever.reader.weights
from retriever.encoders.registry import OFFICIAL_SHA256
from retriever.errors import EncoderError
from retriever.reader.weights import DIFFERENCE, bundled_model
from retriever.training.network import bundled_reader
from retriever.training.weights import read_weights

pytestmark = pytest.mark.model


def test_the_weights_are_those_of_training() -> None:
    expected = dict(read_weights(bundled_reader(), DIFFERENCE).named_parameters())
    found = bundled_model().weights
    for name, value in expected.items():
        own = found[name.removeprefix("encoder.")]
        np.testing.assert_allclose(own, value.detach().numpy(), atol=1e-7, err_msg=name)


@pytest.mark.parametrize(
    ("metadata", "complaint"),
    [
        ({"format": "reader difference 1", "encoder": "0" * 64}, "no difference to the bundled"),
        ({"format": "2", "encoder": OFFICIAL_SHA256}, "no difference to the bundled"),
        (None, "cannot read"),
    ],
)
def test_a_file_made_for_something_else_is_refused(
    tmp_path: Path, metadata: dict[str, str] | None, complaint: str
) -> None:
    path = tmp_path / "reader.safetensors"
    if metadata:
        save_file(load_file(DIFFERENCE), path, metadata=metadata)
    else:
        path.write_bytes(b"{}")
    own = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(EncoderError, match=complaint):
        bundled_model(path, sha256=own)


def test_an_altered_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reader.safetensors"
    path.write_bytes(DIFFERENCE.read_bytes()[:-1] + b"x")
    with pytest.raises(EncoderError, match="is not the bundled reader"):
        bundled_model(path)


def test_a_missing_file_says_what_mends_it(tmp_path: Path) -> None:
    complaint = r"the bundled reader's weights .*nowhere are missing; install quotidian again"
    with pytest.raises(EncoderError, match=complaint):
        bundled_model(tmp_path / "nowhere")


def test_another_encoder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"others")
    monkeypatch.setattr(retriever.reader.weights, "bundled_folder", lambda: tmp_path)
    with pytest.raises(EncoderError, match="is not what the bundled reader was made for"):
        bundled_model()
