"""Fuzz what takes the work of others: ``python -m tests.fuzzing [--seconds N] [--target NAME]``.

Each target gets its share of so many seconds of CPU, in a process of its own: what ends that is a
crash too, and another goes on. A table is printed; the exit status is 1 if anything broke. What did
is in the folder of ``--keep``, beside why; ``--again FILE --target NAME`` gives one of them again.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.conftest import ROOT
from tests.fuzzing.running import Found, broken_by, fuzz, limit_memory, say, target_of
from tests.fuzzing.sample import Sample
from tests.fuzzing.targets import NAMES

_FEWEST_SECONDS = 5.0


def main(names: Sequence[str], seconds: float, keep: Path) -> int:
    """Fuzz targets one after the other and print a table; return how often one broke."""
    table = {name: fuzzed(name, seconds / len(names), keep / name) for name in names}
    say(f"{'target':12}{'inputs':>10}{'CPU s':>8}{'broken':>8}")
    for name, found in table.items():
        say(f"{name:12}{found.given:>10,}{found.seconds:>8.0f}{len(found.broken):>8}")
    given = sum(found.given for found in table.values())
    total = sum(found.seconds for found in table.values())
    broken = sum(len(found.broken) for found in table.values())
    say(f"{'all':12}{given:>10,}{total:>8.0f}{broken:>8}")
    for name, found in table.items():
        for where, kept in found.broken.items():
            say(f"{name}: {keep / name / kept}: {where}")
    return broken


def fuzzed(name: str, seconds: float, keep: Path) -> Found:
    """Fuzz a target in processes of their own until the time is over."""
    total, left = Found(), seconds
    while left > 0:
        command = [sys.executable, "-m", "tests.fuzzing", "--worker", "--target", name]
        command += ["--seconds", str(left), "--keep", str(keep)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            lines = [*(process.stdout or ())]
        last = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else None
        found = Found(**last) if last else Found(seconds=_FEWEST_SECONDS)
        if last is None:
            where = f"the process ended with status {process.returncode}"
            found.broken = {where: _left_behind(keep)}
        total.given += found.given
        total.seconds += found.seconds
        total.broken |= found.broken
        left -= max(found.seconds, _FEWEST_SECONDS)
    return total


def _left_behind(keep: Path) -> str:
    """Give the sample that ended a process a name that stays, and return it."""
    for current in keep.glob("current*"):
        kept = current.with_name(f"ended{len([*keep.iterdir()])}{current.suffix}")
        current.rename(kept)
        return kept.name
    return "nothing"


def again(name: str, file: Path) -> int:
    """Give a target one file; print what breaks, if anything."""
    sample = Sample(ending=file.name[file.name.index(".") :], content=file.read_bytes())
    why = broken_by(target_of(name), sample)
    say(why[1] if why else "nothing breaks")
    return int(why is not None)


def _worker(name: str, seconds: float, keep: Path) -> int:
    def tell(line: str) -> None:
        sys.stderr.write(f"{name} {line}\n")

    limit_memory()
    found = fuzz(target_of(name), seconds, keep, tell)
    say(json.dumps(asdict(found)))
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="of CPU, for all of them")
    parser.add_argument("--target", choices=NAMES, action="append", help="all by default")
    parser.add_argument("--keep", type=Path, help="where inputs that break something are kept")
    parser.add_argument("--again", type=Path, help="a kept input to give again")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    chosen = given.target or NAMES
    folder = given.keep or Path(tempfile.gettempdir(), "quotidian-fuzzing")
    if given.again:
        sys.exit(again(chosen[0], given.again))
    if given.worker:
        sys.exit(_worker(chosen[0], given.seconds, folder))
    sys.exit(main(chosen, given.seconds, folder) > 0)
