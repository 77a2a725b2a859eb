"""How often faults are tried, and what came of it, printed at the end of a run.

``QUOTIDIAN_FAULTS=full`` (``make faults``) tries as often as the project promises to survive;
otherwise a few are tried, so that every run stays short.
"""

import os
import random
from collections.abc import Callable

import pytest

FULL = os.environ.get("QUOTIDIAN_FAULTS") == "full"
_FIGURES: list[str] = []


def times(few: int, full: int) -> int:
    """Return how often a fault is tried in this run."""
    return full if FULL else few


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Return what a test draws its faults from: in a short run the same ones each time.

    Others are for who looks for faults, not for whoever changes a comment.
    """
    return random.Random(None if FULL else request.node.name)


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
