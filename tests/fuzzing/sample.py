"""What a target is given, and what it is told of a target."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The content of a file and the ending of its name, by which it is kept and given again."""

    ending: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A part of the program: what it is given, and what looks whether it takes that well.

    ``check`` raises, whatever it may be, where something is wrong. ``prepare`` is called once,
    before the first sample: what it makes must not be made in the middle of drawing one.
    """

    samples: SearchStrategy[Sample]
    check: Callable[[Sample], None]
    prepare: Callable[[], object] = field(default=lambda: None)


class BrokenRuleError(AssertionError):
    """Something came back that must not; the message says what."""


def require(holds: object, rule: str) -> None:
    """Raise :class:`BrokenRuleError` unless a rule holds; stays with ``python -O``."""
    if not holds:
        raise BrokenRuleError(rule)


def require_one_line(said: str) -> None:
    """Require that a message is one line that says something."""
    require(said.strip() and "\n" not in said, f"not one line: {said!r:.200}")
