"""The Makefile, the scripts beside it, and the commands that the documents name."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from retriever.cli import main as quotidian
from tests.project.browser_tally import main, tally

ROOT = Path(__file__).parents[2]
VERBS = ("help", "install", "serve", "test", "check", "faults", "test-milvus", "bench", "clean")
DOCUMENTS = [path for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md") if path.is_file()]


def make(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run make, away from the make that may have started the tests."""
    outside = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=cwd, env=outside, capture_output=True, text=True, check=False
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a folder with what ``make install`` reads, and no ``.venv``."""
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    return tmp_path


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_there(verb: str) -> None:
    """Make knows what it would do, without doing it."""
    planned = make("--dry-run", verb)
    assert planned.returncode == 0, planned.stderr


def test_help_lists_every_verb() -> None:
    """And is what a bare ``make`` prints."""
    printed = make().stdout
    assert re.findall(r"^  make ([\w-]+)  \S", printed, re.MULTILINE) == list(VERBS)


def test_a_second_install_does_nothing(clone: Path) -> None:
    """The stamp is what make looks at; newer pins or a newer pyproject.toml void it."""
    (clone / ".venv").mkdir()
    for name in (".ready", ".ready-dev"):
        (clone / ".venv" / name).touch()
        os.utime(clone / ".venv" / name, (2e9, 2e9))
    assert "pip" not in make("--dry-run", "install", cwd=clone).stdout
    for name in ("constraints.txt", "pyproject.toml"):
        os.utime(clone / name, (2.1e9, 2.1e9))
        assert "--constraint constraints.txt" in make("--dry-run", "install", cwd=clone).stdout
        os.utime(clone / name, (1e9, 1e9))


def test_an_unsuitable_python_gets_one_line(clone: Path) -> None:
    """A Python that was named but will not do is not silently replaced."""
    done = make("install", "PYTHON=/bin/false", cwd=clone)
    said = [line for line in done.stderr.splitlines() if line.startswith("quotidian:")]
    assert done.returncode == 2
    assert said == [
        "quotidian: PYTHON=/bin/false is not a Python 3.11, 3.12 or 3.13; "
        "name one: make PYTHON=/path/to/python3.11"
    ]
    assert not (clone / ".venv").exists()


def test_no_python_at_all_gets_one_line(clone: Path) -> None:
    """The line says which versions would do."""
    tools = clone / "tools"
    tools.mkdir()
    done = subprocess.run(
        ["/bin/sh", ".ci/make-venv"],
        cwd=clone,
        env={"PATH": str(tools), "VENV": ".venv"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("quotidian: no Python 3.11, 3.12 or 3.13 on the PATH")
    assert done.stderr.count("\n") == 1


def test_a_python_without_venv_gets_one_line(clone: Path) -> None:
    """Debian packs venv apart, and the line names the package."""
    python = clone / "python3.11"
    python.write_text(
        f'#!/bin/sh\ncase "$2" in *venv*) exit 1;; esac\nexec {sys.executable} "$@"\n'
    )
    python.chmod(0o755)
    done = make("install", f"PYTHON={python}", cwd=clone)
    assert done.returncode == 2
    assert "on Debian: apt-get install python3-venv" in done.stderr


def test_a_working_environment_is_kept(clone: Path) -> None:
    """One that a person made by hand is used as it is."""
    (clone / ".venv").symlink_to(sys.prefix)
    done = subprocess.run(
        ["/bin/sh", ".ci/make-venv"],
        cwd=clone,
        env={**os.environ, "VENV": ".venv", "PYTHON": "/bin/false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["run", "make-venv"])
def test_the_scripts_can_be_started(name: str) -> None:
    """Executable, and free of syntax errors."""
    script = ROOT / ".ci" / name
    assert os.access(script, os.X_OK)
    shell = "bash" if name == "run" else "sh"
    subprocess.run([shell, "-n", str(script)], check=True)


def commands(document: Path) -> list[str]:
    """Return the lines of the document's fenced blocks, without comments and prompts."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line.split("#")[0].removeprefix("$ ") for block in blocks for line in block.split("\n")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_verbs_that_exist(document: Path) -> None:
    """A reader may type every ``make`` line."""
    named = {
        verb for line in commands(document) for verb in re.findall(r"^make(?: ([a-z-]+))?\b", line)
    }
    assert named <= {*VERBS, ""}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_commands_that_exist(document: Path) -> None:
    """And every ``quotidian`` line."""
    named = {
        command
        for line in commands(document)
        for command in re.findall(r"^(?:\.venv/bin/)?quotidian ([a-z-]+)", line)
    }
    assert named <= set(quotidian.commands)


def junit(path: Path, *cases: str) -> Path:
    """Write a JUnit report with these test cases."""
    path.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
    return path


RAN = '<testcase classname="tests.browser.test_page" name="test_asks"/>'
SKIPPED = '<testcase classname="tests.browser.test_page" name="test_opens"><skipped/></testcase>'
OTHER = '<testcase classname="tests.text.test_folding" name="test_folds"><skipped/></testcase>'


def test_browser_tests_that_ran(tmp_path: Path) -> None:
    """Skips elsewhere are none of its business."""
    assert main(junit(tmp_path / "junit.xml", RAN, OTHER)) == 0


def test_browser_tests_that_were_skipped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One is enough to fail, and it is named."""
    report = junit(tmp_path / "junit.xml", RAN, SKIPPED)
    assert tally(report).listed == 2
    assert main(report) == 1
    assert capsys.readouterr().err == "browser tests were skipped: test_opens\n"


def test_no_browser_test_at_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A suite that lost its browser tests does not pass."""
    assert main(junit(tmp_path / "junit.xml", OTHER)) == 1
    assert "lists no browser test" in capsys.readouterr().err
