"""The headers of every response: what the page may load, and that no other site may read it."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio writes scripts and styles into its page and compiles its templates there, hence the two
# "unsafe"; nothing can be loaded from another host or sent to one.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class SecurityHeaders:
    """Adds our headers to every response; leaves streams alone."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                _confine_cookies(headers)
                _share_nothing(headers)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _confine_cookies(headers: MutableHeaders) -> None:
    """Let no cookie go along with what another site asks for; Gradio's say ``SameSite=none``."""
    cookies = headers.getlist("set-cookie")
    if not cookies:
        return
    del headers["set-cookie"]
    for cookie in cookies:
        parts = [part for part in cookie.split("; ") if not part.lower().startswith("samesite")]
        headers.append("set-cookie", "; ".join([*parts, "SameSite=Strict"]))


def _share_nothing(headers: MutableHeaders) -> None:
    """Let no other site read a reply; Gradio lets every port of this machine."""
    for name in [name for name in headers if name.startswith("access-control-")]:
        del headers[name]
