"""The page that asks who one is, where there are accounts; in the place of Gradio's own."""

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's, which tells by its status whether a request comes from somebody known.
_CHECK = "/gradio_api/login_check"


class SignInPage:
    """Answers with ``page`` whoever asks for the page and is not known yet."""

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
