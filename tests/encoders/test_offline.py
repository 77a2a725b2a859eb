"""A model in a folder is loaded without a look at the model hub or a change of the environment."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.encoders.tiny_model import make_model
from tests.reader.tiny_readers import make_cross_encoder, make_question_answering

# What the libraries themselves set when they are imported.
LIBRARIES = ("TORCH", "KMP_")

GUARDED = """
import os, sys
from tests.guarded import guard
sys.addaudithook(guard)
before = dict(os.environ)
{program}
changed = {{name for name, value in os.environ.items() if before.get(name) != value}}
print(*sorted(changed | (before.keys() - os.environ.keys())))
"""
WITHOUT_OPENVINO = """
sys.modules["openvino"] = None
"""
ENCODER = """
from retriever.encoders.registry import load_encoder
encoder = load_encoder(sys.argv[1])
assert len(encoder.encode_document([f"text {n}" for n in range(80)])) == 80
assert ("sentence_transformers" in sys.modules) != bool(sys.modules.get("openvino"))
"""
READER = """
from retriever.reader.protocol import ReadingWindow
from retriever.reader.registry import load_reader
windows = [ReadingWindow(heading="", passage=passage) for passage in ("he", "she")]
assert len(load_reader(sys.argv[1]).read("who", windows)) == 2
"""


def changes_of_environment(program: str, argument: str) -> list[str]:
    """Run a program under the guard; return the variables that it changed."""
    environment = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"}
    done = subprocess.run(
        [sys.executable, "-c", GUARDED.format(program=program), argument],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [name for name in done.stdout.split() if not name.startswith(LIBRARIES)]


@pytest.mark.model
@pytest.mark.parametrize("start", ["", WITHOUT_OPENVINO])
def test_the_bundled_encoder_leaves_hub_and_environment_alone(start: str) -> None:
    assert changes_of_environment(start + ENCODER, "all-MiniLM-L6-v2") == []


def test_an_encoder_of_many_words_leaves_hub_and_environment_alone(tmp_path: Path) -> None:
    """Of more than 100,000, transformers looks whether it is Mistral's: not on the hub."""
    assert (
        changes_of_environment(
            WITHOUT_OPENVINO + ENCODER, str(make_model(tmp_path, more_words=100_001))
        )
        == []
    )


@pytest.mark.model
def test_the_bundled_reader_leaves_hub_and_environment_alone() -> None:
    assert changes_of_environment(READER, "bundled") == []


@pytest.mark.parametrize("make", [make_cross_encoder, make_question_answering])
def test_another_reader_leaves_hub_and_environment_alone(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    assert changes_of_environment(READER, str(make(tmp_path / "model"))) == []


def test_a_reader_that_was_fetched_before_is_not_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached = tmp_path / "models--someone--reader"
    make_cross_encoder(cached / "snapshots" / "0123")
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("0123", encoding="utf-8")
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    assert changes_of_environment(READER, "someone/reader") == []
