"""The page as programs reach it: named endpoints, the same answer."""

import asyncio
import socket
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
import uvicorn
from gradio_client import Client
from gradio_client.exceptions import AppError

from webui.answerer import Answerer
from webui.programs import CURATING, NAMES
from webui.serving import Desk, application

# Gradio's queue uses what pandas 3 deprecates, and the server runs in this process.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")


@pytest.fixture
def client(library: Answerer) -> Iterator[Client]:
    """Return a client of a running server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        servers: list[uvicorn.Server] = []

        async def run() -> None:
            config = uvicorn.Config(
                application(Desk(index=library)), log_level="warning", timeout_graceful_shutdown=1
            )
            servers.append(uvicorn.Server(config))
            await servers[0].serve(sockets=[listener])

        thread = Thread(target=asyncio.run, args=[run()])
        thread.start()
        port = listener.getsockname()[1]
        # Without this the client takes every object with a "path" for a file, and fetches it.
        client = Client(
            f"http://127.0.0.1:{port}/",
            verbose=False,
            analytics_enabled=False,
            download_files=False,
        )
        yield client
        client.close()
        servers[0].should_exit = True
        thread.join()


def test_a_program_gets_what_the_page_shows(client: Client, library: Any) -> None:
    """The endpoint returns the answer as JSON, with and without a conversation."""
    question = "Who supports Russia?"
    assert client.predict(question, api_name="/ask") == library.ask(question).to_dict()
    history = [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]
    told = client.predict(question, history, api_name="/ask")
    assert told == library.ask(question, history=history).to_dict()
    assert told["carried"] == ["earlier"]


def test_an_error_reaches_a_program_as_its_one_line(client: Client) -> None:
    """The library's own message, and nothing of the program's insides."""
    with pytest.raises(AppError, match="The question has 10001 characters; shorten it to 10000"):
        client.predict("x" * 10_001, api_name="/ask")


def test_every_action_is_a_named_endpoint_and_nothing_else_is(client: Client) -> None:
    """The page's own events are no part of what is promised to programs."""
    described: Any = client.view_api(return_format="dict", print_info=False)
    assert set(described["named_endpoints"]) == {f"/{name}" for name in (*NAMES, *CURATING)}
    assert not described["unnamed_endpoints"]


def test_every_endpoint_says_what_it_takes(client: Client) -> None:
    """Names and types of parameters, and what comes back."""
    described: Any = client.view_api(return_format="dict", print_info=False)
    asked = described["named_endpoints"]["/ask"]
    assert [part["parameter_name"] for part in asked["parameters"]] == [
        "question",
        "history",
        "filters",
        "without",
    ]
    assert all(endpoint["returns"] for endpoint in described["named_endpoints"].values())


def test_filters_and_what_is_taken_back_go_with_a_question(client: Client, library: Any) -> None:
    """As on the page."""
    history = [{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}]
    told = client.predict("Ding?", history, {"after": "2023"}, ["earlier"], api_name="/ask")
    expected = library.ask("Ding?", history=history, without=["earlier"]).to_dict()
    assert told == {**expected, "filters": {"after": "2023"}}


def test_search_article_verify_export_and_articles(client: Client, library: Any) -> None:
    """Each returns what the library gives."""
    hits = client.predict("Ding", 1, api_name="/search")["hits"]
    assert hits == [library.search("Ding", k=1)[0].to_dict()]
    assert client.predict("b", api_name="/article")["text"] == library.article("b").text
    answer = library.ask("Who supports Russia?").to_dict()
    assert client.predict(answer, api_name="/verify")["holds"] is True
    assert client.predict([answer], "bibtex", api_name="/export").startswith("@article{")
    assert [entry["path"] for entry in client.predict(api_name="/articles")] == [
        "article.txt",
        "b.txt",
        "c.txt",
    ]


def test_what_may_not_be_changed_here_is_refused(client: Client) -> None:
    """This server keeps no judgements and looks after no corpus."""
    with pytest.raises(AppError, match="keeps no judgements"):
        client.predict({}, api_name="/judge")
    for name in ("rebuild", "cancel", "work", "examine"):
        with pytest.raises(AppError, match="Only those who look after the articles"):
            client.predict(api_name=f"/{name}")
