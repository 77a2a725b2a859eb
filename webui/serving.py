"""Starting the page: on this machine alone unless told otherwise, and then with a password."""

import contextlib
import hmac
import os
import socket
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import click
import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from retriever import SettingsError, open_index
from webui.answerer import Answerer
from webui.app import build_app
from webui.feedback import Feedback
from webui.parts import STATIC
from webui.theme import reading_theme

USER = "QUOTIDIAN_USER"
PASSWORD = "QUOTIDIAN_PASSWORD"  # noqa: S105 - the name of the variable

# Gradio writes scripts and styles into its page and compiles its templates there, hence the two
# "unsafe"; nothing can be loaded from another host or sent to one.
_POLICY = "; ".join(
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
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_GOODBYE_SECONDS = 2


def serve(index_dir: str | Path, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve the page over the index in ``index_dir`` until interrupted; prints its address.

    Port 0 takes any free one.

    :raises SettingsError: if ``host`` is not loopback and no user and password are set in the
        environment, or if the address cannot be had.
    :raises IndexUnusableError: if the index cannot answer.
    """
    account = required_account(host, os.environ)
    index = open_index(index_dir)
    with _listen(host, port) as listener:
        feedback = Feedback(Path(index_dir) / "feedback", index)
        app = application(index, host=host, account=account, feedback=feedback)
        # The encoder is loaded while the first reader still looks at the page.
        Thread(target=index.warm_up, daemon=True).start()
        click.echo(f"Quotidian is at {_address(listener)} - Ctrl+C stops it.")
        config = uvicorn.Config(
            app, log_level="warning", timeout_graceful_shutdown=_GOODBYE_SECONDS
        )
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C is how it is meant to end
            uvicorn.Server(config).run(sockets=[listener])


def application(
    index: Answerer,
    *,
    host: str = "127.0.0.1",
    account: tuple[str, str] | None = None,
    feedback: Feedback | None = None,
) -> FastAPI:
    """Return the page as an ASGI application, behind ``account`` (user, password) if given."""
    app = FastAPI(openapi_url=None)
    app.add_middleware(_Headers)
    if is_loopback(host):
        # Another site's script could otherwise reach us under a name that it points to 127.0.0.1.
        names = {"localhost", "127.0.0.1", "[::1]", host}
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=sorted(names))
    gr.mount_gradio_app(
        app,
        build_app(index, feedback),
        path="/",
        auth=_checker(account) if account else None,
        theme=reading_theme(),
        head=_head(),
        favicon_path=str(STATIC / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        enable_monitoring=False,
        mcp_server=False,
        max_file_size="1kb",  # nothing is uploaded here, but Gradio's endpoint for it is open
    )
    return app


def _head() -> str:
    """Return our styles for the page's head: Gradio's own ``css`` would confine each rule."""
    return f"<style>{(STATIC / 'style.css').read_text(encoding='utf-8')}</style>"


def required_account(host: str, environment: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the user and password that the environment sets, or ``None`` where none are needed.

    :raises SettingsError: if ``host`` is not loopback and either is missing or empty.
    """
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if user and password:
        return user, password
    if is_loopback(host):
        return None
    raise SettingsError(
        f"Host {host!r} can be reached from other machines and there is no password: set {USER} "
        f"and {PASSWORD} in the environment, or serve on 127.0.0.1."
    )


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach ``host``; of names only localhost counts."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(host: str, port: int) -> socket.socket:
    bare = host.strip("[]")
    try:
        family = socket.getaddrinfo(bare, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((bare, port), family=family)
    except (OSError, OverflowError) as error:
        raise SettingsError(
            f"Cannot listen on {host} port {port} ({error}); choose another with --port or --host."
        ) from error


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _checker(account: tuple[str, str]) -> Callable[[str, str], bool]:
    expected = "\0".join(account).encode()

    def check(user: str, password: str) -> bool:
        return hmac.compare_digest(f"{user}\0{password}".encode(), expected)

    return check


class _Headers:
    """Adds our headers to every response and leaves streams alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
