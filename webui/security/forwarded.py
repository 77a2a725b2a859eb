"""The name by which a proxy says it was asked: believed only where it is one of the page's own.

Gradio puts it before every address of the page; whoever asks could have it name another site, and
a cache in between would hand that page to others.
"""

from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

_FORWARDED_HOST = b"x-forwarded-host"


class ForwardedHost:
    """Takes the header from requests that state a name which nobody said is the page's."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        """Stand before ``app``; ``hosts`` are the names of the page."""
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            scope = {**scope, "headers": [one for one in scope["headers"] if self._holds(*one)]}
        await self._app(scope, receive, send)

    def _holds(self, name: bytes, value: bytes) -> bool:
        return name != _FORWARDED_HOST or value.decode("latin-1").lower() in self._hosts
