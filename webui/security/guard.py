"""What stands before the page: its headers, limits on who asks, how often and how much, signing in.

All as ASGI middleware, so that it holds for the page, its API and the tools alike.
"""

import base64
import binascii
import time
from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.security.accounts import Accounts
from webui.wording import FOREIGN, TOO_LARGE, TOO_OFTEN, WHO

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

# Bytes. A conversation of forty long questions is 0.2 MB, an exported one to verify a few.
LARGEST = 4_000_000
LARGEST_UPLOAD = 64_000_000
UPLOADS = "/gradio_api/upload"

# Gradio's, which tells by its status whether a request comes from somebody known.
_CHECK = "/gradio_api/login_check"

# Requests that make the server work, for one address: twenty people behind one router asking at
# once stay far below. Passwords are tried a hundred times slower.
BURST, PER_SECOND = 400, 40.0
LOGIN_BURST, LOGINS_PER_SECOND = 10, 0.2
_ADDRESSES = 10_000


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


class RequestGuard:
    """Turns away what comes from another site, too often, too large, or from nobody known.

    Gradio asks for the password of those who use the page; here programs that call the tools give
    theirs (HTTP Basic).
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        accounts: Accounts | None = None,
        tools: str = "/mcp",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Stand before ``app``; with accounts, the path ``tools`` is only for them."""
        self._app = app
        self._accounts = accounts
        self._tools = tools
        self._asking = RateLimit(BURST, PER_SECOND, clock)
        self._logins = RateLimit(LOGIN_BURST, LOGINS_PER_SECOND, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say in one line why not."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        refusal = await self._refusal(scope)
        if refusal is None:
            await self._app(scope, _limited(receive, _largest(scope)), send)
        else:
            await refusal(scope, receive, send)

    async def _refusal(self, scope: Scope) -> JSONResponse | None:
        headers, path = Headers(scope=scope), scope["path"]
        address = (scope.get("client") or ("",))[0]
        if not same_site(headers):
            return _refused(403, FOREIGN)
        if not self._asking.take(address):
            return _refused(429, TOO_OFTEN)
        if path.rstrip("/") == "/login" and not self._logins.take(address):
            return _refused(429, TOO_OFTEN)
        if _stated_length(headers) > _largest(scope):
            return _refused(413, TOO_LARGE)
        if path == self._tools and self._accounts is not None:
            user, password = basic(headers.get("authorization", ""))
            known = self._accounts.check
            if not await run_in_threadpool(known, user, password):
                # Guessing here is held back as it is for the page.
                return (
                    _refused(401, WHO) if self._logins.take(address) else _refused(429, TOO_OFTEN)
                )
        return None


class SignInPage:
    """Answers whoever asks for the page and is not known yet: with ``page``, not Gradio's own."""

    def __init__(self, app: ASGIApp, *, page: str) -> None:
        """Stand before ``app``."""
        self._app = app
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in who is known, and everything but the page, which is guarded where it is."""
        asks = scope["type"] == "http" and scope["method"] == "GET" and scope["path"] == "/"
        if asks and not await self._is_known(scope, receive):
            await HTMLResponse(self._page)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _is_known(self, scope: Scope, receive: Receive) -> bool:
        status = 0

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]

        await self._app({**scope, "path": _CHECK, "raw_path": _CHECK.encode()}, receive, note)
        return status == 200


class RateLimit:
    """How much each address may still do: a bucket that holds ``burst`` and fills steadily."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float]) -> None:
        """Let each address do ``burst`` things at once and ``per_second`` in the long run."""
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> bool:
        """Tell whether the address may do one more thing now, and count it if so."""
        now = self._clock()
        left, seen = self._buckets.pop(address, (self._burst, now))
        left = min(self._burst, left + (now - seen) * self._per_second)
        self._buckets[address] = (max(0.0, left - 1), now)
        if len(self._buckets) > _ADDRESSES:
            self._buckets.popitem(last=False)
        return left >= 1


def _refused(status: int, why: str) -> JSONResponse:
    asks = {"www-authenticate": 'Basic realm="Quotidian"'} if status == 401 else None
    return JSONResponse({"detail": why}, status, headers=asks)


def same_site(headers: Headers) -> bool:
    """Tell whether a request comes from this page or from no page at all.

    Browsers name the origin of every request that changes something; programs need not.
    """
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
    return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}


def basic(authorization: str) -> tuple[str, str]:
    """Return user and password of an HTTP Basic header, empty ones for any other."""
    scheme, _, coded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, password = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return user, password


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


def _largest(scope: Scope) -> int:
    return LARGEST_UPLOAD if scope["path"] == UPLOADS else LARGEST


def _stated_length(headers: Headers) -> int:
    stated = headers.get("content-length", "0")
    return int(stated) if stated.isdecimal() else 0


def _limited(receive: Receive, largest: int) -> Receive:
    """Return ``receive`` that ends a request as soon as it has sent too much."""
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return message if taken <= largest else {"type": "http.disconnect"}

    return receive_limited
