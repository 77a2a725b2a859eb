"""``python -m retriever.evaluation BEFORE.json AFTER.json`` prints what changed between runs."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from retriever.errors import QuotidianError
from retriever.evaluation.comparing import compare, comparison_lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare two saved reports and return the exit status: 2 when they cannot be compared."""
    parser = argparse.ArgumentParser(
        prog="python -m retriever.evaluation",
        description="Compare two reports saved from: quotidian evaluate DATASET --json",
        epilog="* marks a figure whose two 95 % intervals are apart.",
    )
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    given = parser.parse_args(arguments)
    try:
        lines = comparison_lines(compare(given.before, given.after))
    except QuotidianError as error:
        sys.stderr.write(f"quotidian: {error}\n")
        return 2
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
