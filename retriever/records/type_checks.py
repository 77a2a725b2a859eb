"""Whether what was decoded is of the kinds that its record declares: JSON may hold anything."""

from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

PLAIN: frozenset[Any] = frozenset({str, int, float, bool, type(None)})


def require_kinds(record: Any) -> None:  # noqa: ANN401  # any dataclass
    """Compare every field of a dataclass, and of those in it, with its declaration.

    :raises TypeError: naming the first field that holds another kind of value.
    """
    for name, plain, kind in _declared(type(record)):  # type: ignore[arg-type]  # a class can be hashed
        value = getattr(record, name)
        if type(value) not in plain and not _fits(value, kind):
            raise TypeError(f"{name} is not of the kind {kind}")


@cache
def _declared(record: type) -> tuple[tuple[str, frozenset[type], Any], ...]:
    """Return name, kind and, to be quick, the plain types among the kind's options, by field."""
    hints = get_type_hints(record)
    return tuple(
        (entry.name, frozenset({kind, *get_args(kind)} & PLAIN), kind)
        for entry in fields(record)
        for kind in [hints[entry.name]]
    )


def _fits(value: object, kind: Any) -> bool:  # noqa: ANN401  # a declaration may be anything
    if kind in PLAIN:
        return type(value) is kind
    origin = get_origin(kind)
    if origin is UnionType:
        return any(_fits(value, option) for option in get_args(kind))
    if origin is Literal:
        return value in get_args(kind)
    if origin is tuple:
        return isinstance(value, tuple) and all(_fits(item, get_args(kind)[0]) for item in value)
    if not (is_dataclass(kind) and type(value) is kind):
        return False
    require_kinds(value)
    return True
