"""The page as an application, for tests that are a client of it."""

from typing import Any

from fastapi import FastAPI

from retriever import Index
from tests.loops import in_a_loop
from webui.chat.feedback import Feedback
from webui.corpus.curator import Curator
from webui.serving import Site, application


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
