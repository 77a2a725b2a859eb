"""A question on the command line waits for nothing that it does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.model
# What other commands need, or only models that others made: each would take 0.02 to 5 s.
NEEDLESS = {
    "asyncio",
    "bm25s",
    "fastapi",
    "gradio",
    "huggingface_hub",
    "lxml",
    "mcp",
    "pypdfium2",
    "retriever.answer.calibration",
    "retriever.building",
    "retriever.corpus",
    "retriever.evaluation",
    "retriever.exporters.verification",
    "retriever.indexing.doctor",
    "retriever.indexing.pipeline",
    "scipy",
    "sentence_transformers",
    "torch",
    "tqdm",
    "trafilatura",
    "transformers",
}
PROGRAM = """
import sys
from retriever.cli import main
try:
    main(["ask", "Where will Prigozhin move?", "--index", *sys.argv[1:]])
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("options", "needless"),
    [(["--no-reader"], NEEDLESS | {"openvino"}), ([], NEEDLESS)],
    ids=["without a reader", "with the reader"],
)
def test_a_question_imports_nothing_needless(
    seeds_index_folder: Path, options: list[str], needless: set[str]
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(seeds_index_folder), *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Belarus" in done.stdout
    imported = set(done.stderr.split())
    assert "retriever.ranking.searcher" in imported
    assert imported & needless == set()
