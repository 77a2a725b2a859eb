"""Starting the page: on this machine alone unless told otherwise, and then with a password."""

import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import click
import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from retriever import Index, ListRequest, Notebooks, Settings, SettingsError, open_configured
from webui import render
from webui.app import build_app
from webui.assets import STATIC, reading_theme, script, style
from webui.chat.feedback import Feedback
from webui.chat.remembered_examples import RememberedExamples
from webui.corpus.curator import Curator
from webui.lean_document import LeanDocument
from webui.programs.mcp import over_http, tools_over
from webui.security.accounts import PASSWORD, USER, USERS, Accounts, accounts_from
from webui.security.connections import BoundedProtocol
from webui.security.forwarded import ForwardedHost
from webui.security.guard import RequestGuard, SignInPage
from webui.security.headers import SecurityHeaders
from webui.security.open_paths import OpenPaths
from webui.security.refusals import refuse_in_one_line
from webui.security.shown_as import AS_IT_IS, ShownAs, shown_as_of
from webui.security.upload_guard import UploadGuard
from webui.site import Site

_GOODBYE_SECONDS = 2
# What runs before Gradio draws the page: the window, its address, and asking once only.
_EARLY = ("window.js", "address.js", "asking.js")


def serve(settings: Settings) -> None:
    """Serve the page over the index of the settings until interrupted; prints its address.

    Port 0 takes any free one.

    :raises SettingsError: if the host is not loopback and no user and password are set in the
        environment, or if the address cannot be had.
    :raises IndexUnusableError: if the index cannot answer.
    """
    log_warnings_only()
    accounts = required_accounts(settings.host, os.environ)
    index = open_configured(settings)
    site = Site(
        index=index,
        feedback=Feedback(index.folder / "feedback", index),
        curator=Curator(
            Path(settings.index),
            index.corpus,
            generation=lambda: index.coverage.generation,
            read_only=not index.is_corpus_known(settings.corpus),
        ),
        notebooks=Notebooks.beside(index),
        examples=(examples := RememberedExamples(index)),
    )
    with _listen(settings.host, settings.port) as listener:
        # The encoder is loaded while the page is put together and first looked at.
        Thread(target=_prepare, args=[index, examples], daemon=True).start()
        shown_as = shown_as_of(settings)
        app = application(site, host=settings.host, accounts=accounts, shown_as=shown_as)
        click.echo(f"Quotidian is at {_url_of(listener)} - Ctrl+C stops it.")
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl+C is how it is meant to end
            uvicorn.Server(configured(app, proxies=settings.proxies)).run(sockets=[listener])


def _prepare(index: Index, examples: RememberedExamples) -> None:
    """Do what the first question, the first page and the first look at the articles wait for."""
    index.warm_up()
    examples.begin()
    index.list_articles(ListRequest(sort="-published", limit=0))


def configured(app: ASGIApp, *, proxies: str = "") -> uvicorn.Config:
    """Return how an application is served; ``proxies`` are believed who asks through them.

    Of nobody else an address is believed: whoever asks could claim to be somebody else each time.
    """
    return uvicorn.Config(
        app,
        http=BoundedProtocol,
        ws="none",
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
    )


def application(
    site: Site,
    *,
    host: str = "127.0.0.1",
    accounts: Accounts | None = None,
    shown_as: ShownAs = AS_IT_IS,
) -> FastAPI:
    """Return the page and the tools as an ASGI application, for ``accounts`` only if given.

    ``shown_as`` are the path and the names by which a proxy in front of it shows it.
    """
    served = tools_over(site.index, site.notebooks, accounts=accounts is not None)
    tools = over_http(served)

    @contextlib.asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        async with tools.router.lifespan_context(tools):
            yield

    app = FastAPI(openapi_url=None, lifespan=running)
    app.router.routes.extend(tools.routes)
    app.add_middleware(UploadGuard, accounts=accounts)
    if accounts:
        app.add_middleware(SignInPage, page=render.sign_in(style(), script("sign_in.js")))
    app.add_middleware(RequestGuard, accounts=accounts, hosts=shown_as.hosts)
    app.add_middleware(OpenPaths)
    app.add_middleware(LeanDocument)
    app.add_middleware(ForwardedHost, hosts=shown_as.hosts)
    app.add_middleware(SecurityHeaders)
    if is_loopback(host):
        # Another site's script could otherwise reach us under a name that it points to 127.0.0.1.
        names = {"localhost", "127.0.0.1", "[::1]", host, *shown_as.bare_hosts}
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=sorted(names))
    may_curate = accounts.may_curate if accounts else None
    page = build_app(site, may_curate)
    page.root_path = shown_as.path
    _mount(app, page, accounts, uploads=site.curator is not None)
    refuse_in_one_line(app)
    return app


def _mount(app: FastAPI, page: gr.Blocks, accounts: Accounts | None, *, uploads: bool) -> None:
    """Put the page into the application, with all of Gradio's that talks to others left out."""
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        auth=accounts.admit if accounts else None,
        theme=reading_theme(),
        # Gradio's own ``css`` would confine each rule. With them the scripts that are there before,
        # and go on while, Gradio draws the page.
        head=f"<style>{style()}</style><script>{''.join(map(script, _EARLY))}</script>",
        favicon_path=str(STATIC / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        enable_monitoring=False,
        mcp_server=False,
        # Gradio's endpoint for files is open either way.
        max_file_size="20mb" if uploads else "1kb",
    )


def log_warnings_only() -> None:
    """Have warnings and errors written to standard error, and nothing less, whoever logs it.

    The handler has a level too: that of the root does not hold a library which sets its own logger
    to DEBUG.
    """
    # A handler that imports nothing when it is used: the one that a library would put there does,
    # which fails where no file can be opened, and the listener ends with it.
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handlers = [handler]
    logging.basicConfig(
        format="%(levelname)s: %(message)s", level=logging.WARNING, handlers=handlers
    )


def required_accounts(host: str, environment: Mapping[str, str]) -> Accounts | None:
    """Return the accounts that the environment sets, or ``None`` where none are needed.

    :raises SettingsError: if ``host`` is not loopback and there are none, or they are unusable.
    """
    accounts = accounts_from(environment)
    if accounts is not None or is_loopback(host):
        return accounts
    raise SettingsError(
        f"Host {host!r} can be reached from other machines and there is no password: set {USER} "
        f"and {PASSWORD}, or {USERS}, in the environment, or serve on 127.0.0.1."
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


def _url_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
