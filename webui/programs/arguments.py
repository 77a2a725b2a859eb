"""What programs send, checked against what an action takes before it is called."""

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, TypeVar, get_type_hints

import gradio as gr
import msgspec

from retriever import QuestionError

_P = ParamSpec("_P")
_R = TypeVar("_R")


def with_checked_arguments(action: Callable[_P, _R]) -> Callable[_P, _R]:
    """Return an action that raises :class:`QuestionError` for arguments of other types than its.

    Called from Python a type checker sees to that; from elsewhere anything may come.
    """
    hints = get_type_hints(action)
    takes = {
        name: parameter
        for name, parameter in signature(action).parameters.items()
        if hints[name] is not gr.Request
    }

    @wraps(action)
    def called(*given: _P.args, **named: _P.kwargs) -> _R:
        for name, value in {**dict(zip(takes, given, strict=False)), **named}.items():
            if name in takes:
                _check(name, value, hints[name])
        _look_for_missing(takes, len(given), named)
        return action(*given, **named)

    return called


def _check(name: str, value: object, wanted: Any) -> None:  # noqa: ANN401 - a type, or a union
    try:
        msgspec.convert(value, wanted)
    except (msgspec.ValidationError, RecursionError) as error:
        message = str(error).partition("\n")[0]
        raise QuestionError(f"{name} is not what this takes: {message}") from error


def _look_for_missing(
    takes: Mapping[str, Parameter], given: int, named: Mapping[str, object]
) -> None:
    for name, parameter in list(takes.items())[given:]:
        if parameter.default is Parameter.empty and name not in named:
            raise QuestionError(f"{name} is missing")
