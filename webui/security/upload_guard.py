"""Who may upload, and how much in a day: files wait on the server's disk until they are added."""

import json
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.security.accounts import Accounts
from webui.security.allowance import network_of
from webui.security.guard import UPLOADS
from webui.wording import NO_LENGTH, NOT_ALLOWED, UPLOADED_ENOUGH

# Bytes for one account, or one address where there are none: a day's archive of a large newsroom.
MOST_A_DAY = 1_000_000_000
_DAY = 86_400.0
_REMEMBERED = 10_000
# Gradio's, which says as whom a request comes.
_USER = "/gradio_api/user"


class UploadGuard:
    """Takes uploads of curators only, where there are accounts, and of each so much in a day."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        accounts: Accounts | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Stand before ``app``."""
        self._app = app
        self._accounts = accounts
        self._clock = clock
        self._day = 0
        self._sent: OrderedDict[str, int] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or say in one line why not."""
        uploads = scope["type"] == "http" and scope["path"].rstrip("/") == UPLOADS
        refusal = await self._refusal(scope, receive) if uploads else None
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await refusal(scope, receive, send)

    async def _refusal(self, scope: Scope, receive: Receive) -> JSONResponse | None:
        if scope["method"] != "POST":
            return None
        user = await self._user(scope, receive)
        if self._accounts is not None and user is None:
            return None  # who is nobody is told so by Gradio
        if self._accounts is not None and not self._accounts.may_curate(user):
            return JSONResponse({"detail": NOT_ALLOWED}, 403)
        stated = Headers(scope=scope).get("content-length", "")
        if not stated.isdecimal():
            return JSONResponse({"detail": NO_LENGTH}, 411)
        sender = user or network_of((scope.get("client") or ("",))[0])
        if not self._take(sender, int(stated)):
            said = UPLOADED_ENOUGH.format(megabytes=f"{MOST_A_DAY // 10**6:,}")
            return JSONResponse({"detail": said}, 429)
        return None

    def _take(self, sender: str, size: int) -> bool:
        """Tell whether a sender may send so much more today, and count it if so.

        What is stated counts, whatever comes: nobody has to be waited for to know.
        """
        day = int(self._clock() // _DAY)
        if day != self._day:
            self._day, self._sent = day, OrderedDict()
        sent = self._sent.get(sender, 0) + size
        if sent > MOST_A_DAY:
            return False
        self._sent[sender] = sent
        self._sent.move_to_end(sender)
        if len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
        return True

    async def _user(self, scope: Scope, receive: Receive) -> str | None:
        """Return as whom the request comes, ``None`` for nobody known or without accounts."""
        told: list[bytes] = []

        async def note(message: Message) -> None:
            if message["type"] == "http.response.body":
                told.append(message.get("body", b""))

        if self._accounts is None:
            return None
        asked = {**scope, "method": "GET", "path": _USER, "raw_path": _USER.encode()}
        await self._app(asked, receive, note)
        user = json.loads(b"".join(told) or b"null")
        return user if isinstance(user, str) else None
