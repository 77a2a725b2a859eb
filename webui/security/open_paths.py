"""Which paths are answered: those that the page, its programs and its tools ask for, no others.

Gradio has dozens beside them, among which are some that fetch an address of the web for whoever
asks, draw a flow of records from another service, or run a program that edits the page.
"""

import re

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from webui.wording import NO_SUCH_PATH

_PAGE = r"|config|login|logout|favicon\.ico|theme\.css|robots\.txt|manifest\.json"
_FILES = r"(?:static|assets|svelte)/.+"
_CALLS = r"(?:run|api|call|call/v2)/\w+(?:/\w+)?|queue/(?:join|data)|component_server|cancel|reset"
_TOLD = r"info|openapi\.json|app_id|user|token|login_check|startup-events|theme\.css"
_UPLOADS = r"upload|upload_progress"
_OPEN = re.compile(
    rf"/(?:{_PAGE}|{_FILES}|mcp|gradio_api/(?:{_CALLS}|{_TOLD}|{_UPLOADS}))/?", re.ASCII
)


class OpenPaths:
    """Answers 404 for every path that nothing of ours asks for."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request for an open path on."""
        if scope["type"] != "http" or is_open(scope["path"]):
            await self._app(scope, receive, send)
        else:
            await JSONResponse({"detail": NO_SUCH_PATH}, 404)(scope, receive, send)


def is_open(path: str) -> bool:
    """Tell whether something of ours asks for a path."""
    return _OPEN.fullmatch(path) is not None
