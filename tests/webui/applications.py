"""The page as an application, for tests that are a client of it."""

import asyncio
import socket
from collections.abc import Iterator
from threading import Thread
from typing import Any

import uvicorn
from fastapi import FastAPI

from retriever import Index
from tests.loops import in_a_loop
from webui.chat.feedback import Feedback
from webui.corpus.curator import Curator
from webui.serving import application
from webui.site import Site


def served(index: Index, **how: Any) -> FastAPI:
    """Return the page over an index; outside a running loop Gradio makes some and closes none."""

    async def made() -> FastAPI:
        return application(Site(index=index), **how)

    return in_a_loop(made)


def application_with_all(index: Index, **how: Any) -> FastAPI:
    """Return the page as :func:`served` does, with judgements kept and the corpus to be changed."""
    site = Site(
        index=index,
        feedback=Feedback(index.folder / "feedback", index),
        curator=Curator(index.folder, index.corpus),
    )

    async def made() -> FastAPI:
        return application(site, **how)

    return in_a_loop(made)


def listening(site: Site, **how: Any) -> Iterator[str]:
    """Serve a site in a thread of this process, yield its address, and stop.

    ``how`` goes to the application, as in :func:`served`.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        servers: list[uvicorn.Server] = []

        async def run() -> None:
            app = application(site, **how)
            servers.append(uvicorn.Server(uvicorn.Config(app, log_level="warning")))
            await servers[0].serve(sockets=[listener])

        thread = Thread(target=asyncio.run, args=[run()])
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        servers[0].should_exit = True
        thread.join()
