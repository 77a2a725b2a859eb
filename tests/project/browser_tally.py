"""Tell from pytest's JUnit report whether every browser test really ran.

Used by ``.ci/run``: exit status 0 when at least one browser test ran and none was skipped.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

PACKAGE = "tests.browser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many browser tests a report lists, and the names of those that were skipped."""

    listed: int
    skipped: tuple[str, ...]


def tally(report: Path) -> Tally:
    """Count the browser tests in a JUnit report.

    :raises OSError: if the report cannot be read
    :raises xml.etree.ElementTree.ParseError: if it is not XML
    """
    # The report was written by our own pytest run a moment ago, so the plain parser is safe.
    cases = [
        case
        for case in ET.parse(report).iter("testcase")  # noqa: S314
        if case.get("classname", "").startswith(PACKAGE)
    ]
    skipped = tuple(case.get("name", "?") for case in cases if case.find("skipped") is not None)
    return Tally(listed=len(cases), skipped=skipped)


def main(report: Path) -> int:
    """Print one line when the browser was not tested, and return the exit status."""
    found = tally(report)
    if not found.listed:
        sys.stderr.write(f"{report} lists no browser test; keep them in tests/browser\n")
    if found.skipped:
        sys.stderr.write(f"browser tests were skipped: {', '.join(found.skipped)}\n")
    return int(not found.listed or bool(found.skipped))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
