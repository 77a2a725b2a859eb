"""What is said of a call that cannot be understood: one line of JSON, whatever was wrong with it.

Gradio takes from a call which function or part of the page it is for, and fails where there is no
such thing; a program would be told "Internal Server Error", and a traceback stand in the log.
"""

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from gradio.route_utils import FnIndexInferError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount

from webui.wording import BROKEN, NO_SUCH_ACTION, NOT_NOW, NOT_UNDERSTOOD

_LONGEST = 200
_log = logging.getLogger(__name__)


def refuse_in_one_line(app: FastAPI) -> None:
    """Let what is mounted in an application answer calls that cannot be understood in one line."""
    for route in app.routes:
        if isinstance(route, Mount) and isinstance(route.app, FastAPI):
            route.app.add_exception_handler(FnIndexInferError, _no_such_action)
            route.app.add_exception_handler(RequestValidationError, _not_understood)
            # What Gradio's own routes come to with a number or a name that nothing of the page has;
            # our functions never raise here: their errors are answers.
            for kind in (LookupError, TypeError, ValueError, AttributeError, RecursionError):
                route.app.add_exception_handler(kind, _not_understood)
            route.app.add_exception_handler(OSError, _not_now)
            route.app.add_exception_handler(Exception, _broken)


def _no_such_action(_: Request, __: Exception) -> JSONResponse:
    return _told(404, NO_SUCH_ACTION)


def _not_understood(request: Request, error: Exception) -> JSONResponse:
    # No traceback: who sends nonsense could fill the disk with them.
    told = ascii(f"{type(error).__name__}: {error}"[:_LONGEST])
    _log.warning("a call of %s could not be understood: %s", ascii(request.url.path), told)
    return _told(422, NOT_UNDERSTOOD)


def _not_now(request: Request, error: Exception) -> JSONResponse:
    _log.warning("%s could not be served: %s", ascii(request.url.path), ascii(str(error)))
    return _told(503, NOT_NOW)


def _broken(_: Request, __: Exception) -> JSONResponse:
    return _told(500, BROKEN)


def _told(status: int, why: str) -> JSONResponse:
    # Clients of Gradio show "error", everything else here says "detail".
    return JSONResponse({"detail": why, "error": why}, status)
