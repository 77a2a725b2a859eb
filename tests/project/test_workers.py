"""A test that is marked ``alone`` has the machine to itself; long ones come first."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

CONFTEST = "from tests.workers import pytest_collection_modifyitems, pytest_runtest_protocol\n"
# Each test notes when it ran; several lone ones among several ordinary ones, in each of the files.
TESTS = """
import time
from pathlib import Path
import pytest

@pytest.mark.parametrize("number", range(8))
def test_it(number, request):
    note()

@pytest.mark.alone
@pytest.mark.parametrize("number", range(4))
def test_alone(number, request):
    note(" alone")

def note(how=""):
    began = time.monotonic()
    time.sleep(0.05)
    with Path(__file__).with_suffix(".times").open("a") as file:
        file.write(f"{began} {time.monotonic()}{how}\\n")
"""


def test_no_other_test_runs_beside_one_that_is_alone(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = alone\n")
    for name in "ab":
        (tmp_path / f"test_{name}.py").write_text(TESTS)
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "-p", "no:randomly"]
    done = subprocess.run(
        [*command, f"--basetemp={tmp_path / 'temporary'}"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "24 passed" in done.stdout, done.stdout + done.stderr
    ran = [_times(tmp_path / f"test_{name}.times") for name in "ab"]
    beside = [
        (alone or other_alone)
        for begun, ended, alone in ran[0]
        for other_begun, other_ended, other_alone in ran[1]
        if begun < other_ended and other_begun < ended
    ]
    assert beside  # the two files did run at the same time
    assert not any(beside)


def _times(path: Path) -> list[tuple[float, float, bool]]:
    rows = [line.split() for line in path.read_text().splitlines()]
    return [(float(begun), float(ended), bool(how)) for begun, ended, *how in rows]


def test_files_with_tests_of_minutes_come_first_and_those_with_lone_ones_last(
    tmp_path: Path,
) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = alone\n")
    marks = {"a": "alone", "b": "skipif(False, reason='')", "c": "timeout(900)"}
    for name, mark in marks.items():
        test = f"import pytest\n\n@pytest.mark.{mark}\ndef test_it():\n    pass\n"
        (tmp_path / f"test_{name}.py").write_text(test)
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:randomly"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [line[5] for line in listed.splitlines() if "::" in line] == ["c", "b", "a"]
