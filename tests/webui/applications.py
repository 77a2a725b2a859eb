"""The page as an application, for tests that are a client of it."""

from typing import Any

from fastapi import FastAPI

from retriever import Index
from tests.loops import in_a_loop
from webui.serving import Site, application


def served(index: Index, **how: Any) -> FastAPI:
    """Return the page over an index; outside a running loop Gradio makes some and closes none."""

    async def made() -> FastAPI:
        return application(Site(index=index), **how)

    return in_a_loop(made)
