"""What stands before the page: limits on who asks, how often and how much, and signing in.

All as ASGI middleware, so that it holds for the page, its API and the tools alike.
"""

import base64
import binascii
import time
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.security.accounts import Accounts
from webui.security.allowance import RateLimit
from webui.wording import FOREIGN, TOO_LARGE, TOO_OFTEN, TWO_LENGTHS, WHO

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
        hosts: Collection[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Stand before ``app``; with accounts, the path ``tools`` is only for them.

        ``hosts`` are names of the page beside the one that a request gives.
        """
        self._app = app
        self._accounts = accounts
        self._tools = tools
        self._hosts = frozenset(hosts)
        self._asking = RateLimit(BURST, PER_SECOND, clock)
        self._logins = RateLimit(LOGIN_BURST, LOGINS_PER_SECOND, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say in one line why not."""
        if scope["type"] == "http" and _ends_in_two_ways(Headers(scope=scope)):
            await _refused(400, TWO_LENGTHS)(scope, receive, send)
            return
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
        if not same_site(headers, self._hosts):
            return _refused(403, FOREIGN)
        if not self._asking.take(address):
            return _refused(429, TOO_OFTEN)
        if path.rstrip("/") == "/login" and not self._logins.take(address):
            return _refused(429, TOO_OFTEN)
        if _stated_length(headers) > _largest(scope):
            return _refused(413, TOO_LARGE)
        if path.rstrip("/") == self._tools and self._accounts is not None:
            return await self._unknown(self._accounts, headers, address)
        return None

    async def _unknown(
        self, accounts: Accounts, headers: Headers, address: str
    ) -> JSONResponse | None:
        """Return why whoever calls the tools is turned away, ``None`` for somebody known.

        Nothing is looked at for an address that guessed too often, or the right password would
        answer otherwise than the wrong ones do. One that was right before costs nothing.
        """
        if not self._logins.has(address):
            return _refused(429, TOO_OFTEN)
        user, password = basic(headers.get("authorization", ""))
        if accounts.remembers(user, password):
            return None
        self._logins.take(address)
        return None if await accounts.admit(user, password) else _refused(401, WHO)


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


def _refused(status: int, why: str) -> JSONResponse:
    headers = {400: {"connection": "close"}, 401: {"www-authenticate": 'Basic realm="Quotidian"'}}
    return JSONResponse({"detail": why}, status, headers=headers.get(status))


def _ends_in_two_ways(headers: Headers) -> bool:
    """Tell whether a proxy may see the end of a request elsewhere than we do (CWE-444)."""
    return "transfer-encoding" in headers and "content-length" in headers


def same_site(headers: Headers, hosts: Collection[str] = ()) -> bool:
    """Tell whether a request comes from this page or from no page at all.

    Browsers name the origin of every request that changes something; programs need not. A proxy
    may ask by another name than the browser does, one of ``hosts``.
    """
    origin = headers.get("origin")
    if origin is not None:
        named = _host_of(origin)
        return named in hosts or named == headers.get("host", "").lower()
    return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:  # "http://[" is no address
        return None


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
