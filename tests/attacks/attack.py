"""What an attack is, and the list of all of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from inspect import cleandoc
from typing import Any

from tests.attacks.site import Site

FAMILIES = (
    *("connections", "passwords", "strangers", "sites", "paths", "calls", "pages"),
    *("conversations", "judgements", "uploads", "sidecars", "archives", "corpora", "swaps"),
    *("terminals", "crafted_indexes", "rebuilding", "served_indexes"),
)
_ATTACKS: list["Attack"] = []


class Broken(Exception):  # noqa: N818 - it is what the table says
    """An attack did what it must not do; the message says what came."""


class Unable(Exception):  # noqa: N818 - as above
    """An attack cannot be made here; the message says what it needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One attack: what is to come of it, and what makes it and says in a few words what came.

    ``kind`` is the number of the list in SECURITY.md that it is of, 0 for what always held.
    ``is_long`` keeps it out of the short run.
    """

    name: str
    family: str
    kind: int
    expected: str
    does: str
    make: Callable[[Site], str]
    is_long: bool = False


def attack(
    kind: int,
    expected: str,
    *,
    each: Mapping[str, Any] | None = None,
    is_long: bool = False,
) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """Return what puts a function on the list, once for each value of ``each`` if there are any.

    The function gets the site, and the value; it raises :class:`Broken` where the attack succeeds.
    """

    def put(function: Callable[..., str]) -> Callable[..., str]:
        family = function.__module__.rpartition(".")[2]
        for name, value in each.items() if each else [(None, None)]:
            one = Attack(
                name=function.__name__ if name is None else f"{function.__name__}: {name}",
                family=family,
                kind=kind,
                expected=expected,
                does=cleandoc(function.__doc__ or ""),
                make=function if name is None else _with(function, value),
                is_long=is_long,
            )
            _ATTACKS.append(one)
        return function

    return put


def all_attacks() -> list[Attack]:
    """Return every attack, family by family."""
    for family in FAMILIES:
        import_module(f"tests.attacks.families.{family}")
    return sorted(_ATTACKS, key=lambda one: FAMILIES.index(one.family))


def expect(holds: object, came: str) -> None:
    """Raise :class:`Broken`, saying what came, unless something holds."""
    if not holds:
        raise Broken(came)


def expect_one_line(said: str) -> str:
    """Return what was said, if it is one line that says something."""
    expect(said.strip() and len(said.splitlines()) == 1, f"not one line: {said!r:.120}")
    return said


def _with(function: Callable[..., str], value: object) -> Callable[[Site], str]:
    return lambda site: function(site, value)
