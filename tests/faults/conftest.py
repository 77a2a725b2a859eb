"""How often faults are tried, and what came of it, printed at the end of a run.

``QUOTIDIAN_FAULTS=full`` (``make faults``) tries as often as the project promises to survive;
otherwise a few are tried, so that every run stays short.
"""

import os
import random
from collections.abc import Callable

import pytest

FULL = os.environ.get("QUOTIDIAN_FAULTS") == "full"
_FIGURE = "figure"


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
def tell(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Return what notes a figure, to be printed when all tests are done."""
    noted: list[tuple[str, object]] = request.node.user_properties
    return lambda figure: noted.append((_FIGURE, figure))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every figure; tests may have run in other processes, whose reports carry them here."""
    figures = [
        str(figure)
        for report in terminalreporter.getreports("passed")
        for name, figure in report.user_properties
        if name == _FIGURE
    ]
    if figures:
        terminalreporter.section(f"faults, {'full' if FULL else 'few'}")
        for line in sorted(figures):
            terminalreporter.write_line(line)
