"""``python -m webui.corpus.rebuild CORPUS INDEX``: build, and tell how far it is in JSON lines.

A process of its own, and a modest one: those who ask meanwhile keep the processor, and when it is
stopped the index in use stays as it was.
"""

import json
import os
import sys
from dataclasses import asdict

from retriever import QuotidianError, build, load_settings

# What waits for an answer comes first.
_NICENESS = 15


def main(corpus: str, index: str) -> None:
    """Build ``index`` from ``corpus``; the last line says what came of it."""
    os.nice(_NICENESS)
    try:
        report = build(
            corpus,
            index=index,
            encoder=load_settings().encoder,
            progress=lambda step: _print_line(asdict(step)),
        )
    except QuotidianError as error:
        _print_line({"problem": str(error)})
    else:
        _print_line({"report": report.to_dict()})


def _print_line(line: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
