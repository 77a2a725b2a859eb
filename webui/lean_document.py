"""The page's document without what it would load in vain, its icon in it, and all text compressed.

Gradio 6.31 sends its document as it is (160 kB, of which 28 compressed) with a script that only
serves pages inside a frame of another, and a browser asks for an icon apart.
"""

import re
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from webui.assets import script

# The one script of the document that loads another, by what it loads.
_IN_FRAMES = re.compile(
    rb"<script>(?:(?!</script>).)*iframeResizer\.contentWindow(?:(?!</script>).)*</script>",
    re.DOTALL,
)
_HEAD_END = b"</head>"
# Bytes; less is not worth compressing.
_LEAST = 1_000


class LeanDocument:
    """Sends the document at the top of the page without what is of no use here.

    Where Gradio's document is another some day, it is sent as it is.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self._app = GZipMiddleware(_Lean(app), minimum_size=_LEAST, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        await self._app(scope, receive, send)


class _Lean:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        picture = quote(script("favicon.svg").strip())
        self._icon = f'<link rel="icon" href="data:image/svg+xml,{picture}">'.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in {"/", ""}:
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def send_whole(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            lean = self._lean(body)
            MutableHeaders(scope=start)["content-length"] = str(len(lean))
            await send(start)
            await send({"type": "http.response.body", "body": lean})

        await self._app(scope, receive, send_whole)

    def _lean(self, document: bytes) -> bytes:
        shorter = _IN_FRAMES.sub(b"", document, count=1)
        return shorter.replace(_HEAD_END, self._icon + _HEAD_END, 1)
