"""Two saved reports side by side: what a change did to each figure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from retriever.errors import DatasetError

_SAME = ("dataset", "queries")
_NOT_FIGURES = ("answerable", "unanswerable", "evidence_level", "intervals", *_SAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure before and after; ``None`` where a report has nothing measured.

    ``name`` joins the keys of the report with dots. ``beyond_noise`` is set when the two 95 %
    intervals are apart: a cautious test, since both runs asked the same questions.
    """

    name: str
    before: float | None
    after: float | None
    beyond_noise: bool

    @property
    def change(self) -> float | None:
        """How much the figure rose, ``None`` where one of the two is missing."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def compare(before: Path, after: Path) -> tuple[Difference, ...]:
    """Return every figure of two reports that ``quotidian evaluate --json`` printed.

    The order is that of the first report; figures that only the second has come last.

    :raises DatasetError: if a file is no report, or the two asked different questions
    """
    old, new = _report(before), _report(after)
    for key in _SAME:
        if old[key] != new[key]:
            raise DatasetError(
                f"{before} has {key} {old[key]!r} but {after} has {new[key]!r}; "
                "compare runs over the same questions"
            )
    old_values, new_values = _figures(old), _figures(new)
    return tuple(
        Difference(
            name=name,
            before=old_values.get(name),
            after=new_values.get(name),
            beyond_noise=_apart(old.get(f"intervals.{name}"), new.get(f"intervals.{name}")),
        )
        for name in old_values | new_values
    )


def comparison_lines(differences: tuple[Difference, ...]) -> list[str]:
    """Return the differences as a table for people; ``*`` marks those beyond the noise."""
    head = f"{'':<44}{'before':>10}{'after':>10}{'change':>10}"
    return [head, *(_difference_row(difference) for difference in differences)]


def _difference_row(difference: Difference) -> str:
    change = "-" if difference.change is None else f"{difference.change:+.3f}"
    star = " *" if difference.beyond_noise else ""
    numbers = f"{_rounded(difference.before):>10}{_rounded(difference.after):>10}{change:>10}"
    return f"{difference.name:<44}{numbers}{star}"


def _rounded(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _report(path: Path) -> Mapping[str, object]:
    """Return what a report holds, the keys joined with dots."""
    try:
        report = dict(_leaves(json.loads(path.read_text(encoding="utf-8"))))
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read as a report ({error}); save one: evaluate DATASET --json"
        raise DatasetError(message) from error
    if not all(key in report for key in _SAME):
        message = f"{path} is not a report; save one: quotidian evaluate DATASET --json > {path}"
        raise DatasetError(message)
    return report


def _leaves(tree: object, prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in tree.items() if isinstance(tree, dict) else ():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def _figures(report: Mapping[str, object]) -> dict[str, float | None]:
    return {
        name: value
        for name, value in report.items()
        if name.partition(".")[0] not in _NOT_FIGURES
        and (value is None or isinstance(value, int | float))
    }


def _apart(one: object, other: object) -> bool:
    match one, other:
        case [float(low), float(high)], [float(other_low), float(other_high)]:
            return high < other_low or other_high < low
    return False
