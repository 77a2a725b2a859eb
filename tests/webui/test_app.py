"""The page as programs reach it: named endpoints, the same answer."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from httpx import HTTPStatusError

from retriever import Filters, Index
from tests.webui.corpora import CARRIED, FOLLOW_UP, HISTORY, QUESTION
from webui.corpus.curator import Curator
from webui.programs.drafts import DRAFT_NAMES
from webui.programs.endpoints import CURATOR_NAMES, NAMES
from webui.programs.mentions import MENTION_NAMES
from webui.programs.notebook import NOTEBOOK_NAMES
from webui.security.accounts import Account, Accounts, hashed
from webui.serving import application
from webui.site import Site

# Gradio's queue uses what pandas 3 deprecates, and the server runs in this process.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")


@contextmanager
def serving(site: Site, accounts: Accounts | None = None) -> Iterator[str]:
    """Serve the page in a thread and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        servers: list[uvicorn.Server] = []

        async def run() -> None:
            config = uvicorn.Config(
                application(site, accounts=accounts),
                log_level="warning",
                timeout_graceful_shutdown=1,
            )
            servers.append(uvicorn.Server(config))
            await servers[0].serve(sockets=[listener])

        thread = Thread(target=asyncio.run, args=[run()])
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            servers[0].should_exit = True
            thread.join()


@contextmanager
def calling(address: str, auth: tuple[str, str] | None = None) -> Iterator[Client]:
    """Give a client of the page, for an account if one is named."""
    # Otherwise the client takes every object with a "path" for a file, and fetches it.
    client = Client(
        address, verbose=False, analytics_enabled=False, download_files=False, auth=auth
    )
    yield client
    client.close()


@pytest.fixture
def client(library: Index) -> Iterator[Client]:
    """Return a client of a running server."""
    with serving(Site(index=library)) as address, calling(address) as client:
        yield client


def test_a_program_gets_what_the_page_shows(client: Client, library: Any) -> None:
    """The endpoint returns the answer as JSON, with and without a conversation."""
    alone = client.predict(QUESTION, api_name="/ask")
    assert alone == library.ask(QUESTION).to_dict()
    assert alone["outcome"] == "answered"
    told = client.predict(FOLLOW_UP, HISTORY, api_name="/ask")
    assert told == library.ask(FOLLOW_UP, history=HISTORY).to_dict()
    assert told["carried"] == [CARRIED]


def test_an_error_reaches_a_program_as_its_one_line(client: Client) -> None:
    """The library's own message, and nothing of the program's insides."""
    with pytest.raises(AppError, match="the question has 4,001 characters; ask in at most"):
        client.predict("x" * 4_001, api_name="/ask")


def test_every_action_is_a_named_endpoint_and_nothing_else_is(client: Client) -> None:
    """The page's own events are no part of what is promised to programs."""
    described: Any = client.view_api(return_format="dict", print_info=False)
    promised = (*NAMES, *CURATOR_NAMES, *NOTEBOOK_NAMES, *DRAFT_NAMES, *MENTION_NAMES)
    assert set(described["named_endpoints"]) == {f"/{name}" for name in promised}
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
    taken_back = [CARRIED]
    told = client.predict(FOLLOW_UP, HISTORY, {"after": "2023"}, taken_back, api_name="/ask")
    after = Filters(after="2023")
    expected = library.ask(FOLLOW_UP, history=HISTORY, filters=after, without=taken_back)
    assert told == expected.to_dict()
    assert told["carried"] == []


def test_search_article_verify_export_and_articles(client: Client, library: Any) -> None:
    """Each returns what the library gives."""
    hits = client.predict("Ding", 1, api_name="/search")["hits"]
    assert hits == [library.search("Ding", k=1)[0].to_dict()]
    assert client.predict("b.txt", api_name="/article")["text"] == library.article("b.txt").text
    answer = library.ask(QUESTION).to_dict()
    assert client.predict(answer, api_name="/verify")["holds"] is True
    assert client.predict([answer], "bibtex", api_name="/export").startswith("@article{")
    assert [entry["path"] for entry in client.predict(api_name="/articles")] == [
        "article.txt",
        "article.txt.meta.toml",
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
    with pytest.raises(AppError, match="Only those who look after the articles"):
        client.predict([], api_name="/add")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder with one file."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "story.txt").write_text("The old story.")
    return folder


def test_a_program_adds_files_as_the_page_does(
    library: Index, corpus: Path, tmp_path: Path
) -> None:
    """Uploaded first, under a name of their own; nothing else of the server can be named."""
    upload = tmp_path / "story.txt"
    upload.write_text("The new story.")
    site = Site(index=library, curator=Curator(tmp_path / "index", corpus))
    with serving(site) as address, calling(address) as client:
        told = client.predict([handle_file(upload)], api_name="/add")
        assert told["said"].startswith("Added 1 to the corpus")
        added = {file.name: file.read_text() for file in corpus.iterdir()}
        assert added == {"story.txt": "The old story.", "story-2.txt": "The new story."}
        again = client.predict([handle_file(upload)], api_name="/add")
        assert again["said"] == "In the corpus already, not added again: story-2.txt."
        upload.write_text("The corrected story.")
        told = client.predict([handle_file(upload)], True, api_name="/add")  # noqa: FBT003
        assert told["said"] == "Replaced story.txt. Rebuild to have them answer."
        assert (corpus / "story.txt").read_text() == "The corrected story."
        for path in ("/etc/passwd", str(corpus / "story.txt"), "", "a\0b", None, 7):
            with pytest.raises(AppError, match="was not uploaded to this server"):
                client.predict([{"name": "a.txt", "path": path}], api_name="/add")
        said = "Give a list of 1 to 500 uploaded files|files is not what this takes"
        wrong: list[Any] = [[], ["/etc/passwd"], [{}] * 501]
        for files in wrong:
            with pytest.raises(AppError, match=said):
                client.predict(files, api_name="/add")
        assert len([*corpus.iterdir()]) == 2


def test_of_two_people_only_the_curator_changes_the_corpus(
    library: Index, corpus: Path, tmp_path: Path
) -> None:
    """Both ask; what one may not do says so, and does nothing."""
    people = {
        "ann": Account(hashed=hashed("one"), curator=True),
        "bob": Account(hashed=hashed("two")),
    }
    upload = tmp_path / "more.txt"
    upload.write_text("More.")
    site = Site(index=library, curator=Curator(tmp_path / "index", corpus))
    with (
        serving(site, Accounts(people)) as address,
        calling(address, ("ann", "one")) as ann,
        calling(address, ("bob", "two")) as bob,
    ):
        assert ann.predict(QUESTION, api_name="/ask") == bob.predict(QUESTION, api_name="/ask")
        for name in ("rebuild", "cancel", "work", "examine"):
            with pytest.raises(AppError, match="Only those who look after the articles"):
                bob.predict(api_name=f"/{name}")
        with pytest.raises(AppError, match="Only those who look after the articles"):
            bob.predict([], api_name="/add")
        with pytest.raises(HTTPStatusError, match="403"):  # before a byte of it is taken
            bob.predict([handle_file(upload)], api_name="/add")
        assert not (corpus / "more.txt").exists()
        ann.predict([handle_file(upload)], api_name="/add")
        assert (corpus / "more.txt").read_text() == "More."
