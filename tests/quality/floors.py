"""The floors: what an answer has to be worth at least, and how they rise.

``floors.json`` holds a digest of the data set and, by the name of each figure, a bound that was
reached once less an allowance for another machine's arithmetic. Floors only rise and ceilings only
sink, except by hand in a diff that somebody reads.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from retriever.evaluation.run import evaluate

HERE = Path(__file__).parent
DATA = HERE / "news"
FLOORS = HERE / "floors.json"

#: Names of figures → values; names are the keys of ``evaluate --json`` joined with dots.
Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A figure that is held.

    ``allowance`` is in questions, or absolute for a figure that is no share of questions; a
    ceiling is an upper bound, for figures of which less is better.
    """

    name: str
    counted_in: str | None
    allowance: float = 1
    ceiling: bool = False


# One question of 66 or of 38 may turn on the last bits of a float: so much is allowed.
BOUNDS = (
    Bound(name="passage_evidence_recall.1", counted_in="answerable"),
    Bound(name="passage_evidence_recall.5", counted_in="answerable"),
    Bound(name="quote_evidence_recall", counted_in="answerable"),
    Bound(name="quote_evidence_precision", counted_in="answerable"),
    Bound(name="answer_in_quotes", counted_in="answerable"),
    Bound(name="abstention.auroc", counted_in=None, allowance=0.01),
    Bound(name="abstention.answered_when_unanswerable", counted_in="unanswerable", ceiling=True),
    Bound(name="abstention.refused_when_answerable", counted_in="answerable", ceiling=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """Bounds after an update, and a line for each that was not loosened though less was reached."""

    bounds: Mapping[str, float]
    refused: tuple[str, ...]


def measure(index: Path) -> Figures:
    """Return the figures that the present code reaches, its index built in ``index``."""
    return dict(_numbers(evaluate(DATA, index=index).to_dict()))


def digest(folder: Path = DATA) -> str:
    """Return the hex SHA-256 of the files of the data set, names and sizes included."""
    total = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        content = file.read_bytes()
        total.update(f"{file.name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def allowance(bound: Bound, figures: Figures) -> float:
    """Return the share, or for a figure that is no share the amount, that the bound allows."""
    return bound.allowance / (figures[bound.counted_in] if bound.counted_in else 1)


def broken(bounds: Mapping[str, float], figures: Figures) -> list[str]:
    """Return a line for every figure that is on the wrong side of its bound, or has none."""
    lines = []
    for bound in BOUNDS:
        held, value = bounds.get(bound.name), figures[bound.name]
        if held is None or (value > held if bound.ceiling else value < held):
            lines.append(f"{bound.name} is {value:.4f}; it has to be {_wanted(bound, held)}")
    return lines


def raised(bounds: Mapping[str, float], figures: Figures) -> Raised:
    """Return the bounds tightened to what was reached, none of them loosened."""
    kept: dict[str, float] = {}
    refused = []
    for bound in BOUNDS:
        sign = -1 if bound.ceiling else 1
        # Cut to four digits on the loose side, or the rounding alone could fail a test.
        reached = round(figures[bound.name] - sign * allowance(bound, figures) - sign * 5e-5, 4)
        before = bounds.get(bound.name, reached)
        kept[bound.name] = sign * max(sign * reached, sign * before)
        if sign * reached < sign * before:
            refused.append(f"{bound.name} stays at {before}: it would now be {reached}")
    return Raised(bounds=kept, refused=tuple(refused))


def read_floors(path: Path = FLOORS) -> tuple[str, Mapping[str, float]]:
    """Return the digest of the data set that was measured, and the bounds by name."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    return stored["data_sha256"], stored["bounds"]


def write_floors(bounds: Mapping[str, float], path: Path = FLOORS) -> None:
    """Store the bounds with the digest of the data set as it now is."""
    stored = {"data_sha256": digest(), "bounds": dict(bounds)}
    path.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


def _wanted(bound: Bound, held: float | None) -> str:
    if held is None:
        return "given a bound: python -m tests.quality.update"
    return f"at most {held}" if bound.ceiling else f"at least {held}"


def _numbers(tree: Mapping[str, object], prefix: str = "") -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = []
    for key, value in tree.items():
        match value:
            case dict():
                found += _numbers(value, f"{prefix}{key}.")
            case int() | float():
                found.append((f"{prefix}{key}", value))
    return found
