"""How often faults are tried, and what came of it, printed at the end of a run.

``QUOTIDIAN_FAULTS=full`` (``make faults``) tries as often as the project promises to survive;
otherwise a few are tried, so that every run stays short.
"""

import os
from collections.abc import Callable

import pytest

FULL = os.environ.get("QUOTIDIAN_FAULTS") == "full"
_FIGURES: list[str] = []


def times(few: int, full: int) -> int:
    """Return how often a fault is tried in this run."""
    return full if FULL else few


@pytest.fixture
def tell() -> Callable[[str], None]:
    """Return what notes a figure, to be printed when all tests are done."""
    return _FIGURES.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every figure."""
    if _FIGURES:
        terminalreporter.section(f"faults, {'full' if FULL else 'few'}")
        for line in sorted(_FIGURES):
            terminalreporter.write_line(line)
