"""Nothing leaves the machine, and the guard that says so would notice."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.guarded import LEAK

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.mark.model
@pytest.mark.slow
def test_building_asking_and_serving_reach_no_other_machine(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.guarded", str(SEEDS), str(tmp_path / "index")],
        capture_output=True,
        text=True,
        check=False,
        cwd=SEEDS.parent,
    )
    assert run.returncode == 0, run.stderr
    outcome, page_bytes = run.stdout.split()
    assert outcome == "answered"
    assert int(page_bytes) > 1_000


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)",
        "import urllib.request; urllib.request.urlopen('http://quotes.invalid/', timeout=1)",
    ],
)
def test_the_guard_notices_an_attempt(attempt: str) -> None:
    program = f"import sys; from tests.guarded import guard; sys.addaudithook(guard); {attempt}"
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=SEEDS.parent,
    )
    assert run.returncode == LEAK
    assert "tried to reach" in run.stderr
