"""What programs send, checked against what an action takes before it is called."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
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
    hints, takes = get_type_hints(action), signature(action)

    @wraps(action)
    def called(*given: _P.args, **named: _P.kwargs) -> _R:
        try:
            sent = takes.bind(*given, **named).arguments
        except TypeError as error:
            raise QuestionError(f"{action.__name__}: {error}") from error
        for name, value in sent.items():
            if hints[name] is not gr.Request:  # which Gradio puts there
                _check(name, value, hints[name])
        return action(*given, **named)

    return called


def _check(name: str, value: object, wanted: Any) -> None:  # noqa: ANN401 - a type, or a union
    try:
        msgspec.convert(value, wanted)
    except (msgspec.ValidationError, RecursionError, UnicodeEncodeError) as error:
        # The last is what half a character comes to: its message names no place.
        message = str(error).partition("\n")[0]
        raise QuestionError(f"{name} is not what this takes: {message}") from error
