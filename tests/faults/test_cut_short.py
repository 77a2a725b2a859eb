"""A file of an index cut short in place while it is asked: at worst an error, never the end."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from retriever import build
from retriever.index import faiss_quantized, vectors
from tests.building import BRIDGE, HARBOUR, write_articles


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be cut there")
@pytest.mark.parametrize("engine", ["faiss-flat", "faiss-quantized"])
def test_a_file_cut_short_costs_questions_and_not_the_process(
    tiny_model: Path, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "faiss-quantized":
        monkeypatch.setattr(vectors, "EXACT_UP_TO", 0)
        monkeypatch.setattr(faiss_quantized, "SHORTLIST", 20)
    many = {f"harbour {n}": HARBOUR.replace("harbour", f"harbour {n}") for n in range(60)}
    write_articles(tmp_path / "corpus" / "a.jsonl", {**many, "bridge": BRIDGE})
    build(tmp_path / "corpus", index=tmp_path / "index", encoder=str(tiny_model))
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.cut_short", str(tmp_path / "index"), engine],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["strange"] == []
    assert found["as_before"], found
    # A file is in use, and what is cut is not there: some questions cannot be answered.
    assert found["errors"] > 0
    assert found["errors"] + found["answers"] == 3 * (2 * found["files"] + 2)
