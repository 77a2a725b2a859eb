"""The notebook as tools: of whoever calls, and each action as the library does it."""

import base64
import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest
from docx import Document
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from retriever import Index, Notebooks
from tests.loops import in_a_loop
from tests.webui.applications import listening
from webui.programs.mcp import tools_over
from webui.programs.notebook import NOTEBOOK_NAMES
from webui.security.accounts import Account, Accounts, hashed
from webui.site import Site

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")


@pytest.fixture
def notebooks(library: Index, tmp_path: Path) -> Notebooks:
    """Return empty notebooks over the small library."""
    return Notebooks(tmp_path, library)


def call(library: Index, notebooks: Notebooks, name: str, **arguments: Any) -> Any:
    """Call a tool and return its result."""

    async def run() -> Any:
        async with Client(tools_over(library, notebooks)) as client:
            return await client.call_tool(name, arguments)

    return in_a_loop(run)


def test_every_tool_of_the_notebook_says_what_it_takes_and_gives(
    library: Index, notebooks: Notebooks
) -> None:
    async def listed() -> Any:
        async with Client(tools_over(library, notebooks)) as client:
            return await client.list_tools()

    tools = {tool.name: tool for tool in in_a_loop(listed).tools}
    for name in NOTEBOOK_NAMES:
        assert "Returns:" in tools[name].description
        assert not {"request", "ctx"} & set(tools[name].input_schema["properties"])


def test_a_quote_is_pinned_written_beside_ordered_and_exported(
    library: Index, notebooks: Notebooks
) -> None:
    def do(name: str, **arguments: Any) -> Any:
        return call(library, notebooks, name, **arguments).structured_content

    quote = do("pin", article_id="article.txt", start=50, end=55, question="Who?")
    assert library.article("article.txt").text[quote["start"] : quote["end"]] == quote["text"]
    note = do("note", text="free")
    assert do("note", text="beside", entry_id=quote["id"])["note"] == "beside"
    assert do("label", entry_id=quote["id"], labels=["one"])["labels"] == ["one"]
    do("move", entry_id=note["id"], by=-1)
    listed = do("notebook")
    assert listed == notebooks.show().to_dict()
    assert [entry["kind"] for entry in listed["entries"]] == ["note", "quote"]
    assert do("notebook", text="beside")["total"] == 2
    word = do("export_notebook", format="word")
    document = Document(io.BytesIO(base64.b64decode(word["content"])))
    assert any(quote["text"] in one.text for one in document.paragraphs)
    assert quote["text"].split()[0] in do("export_notebook")["content"]
    assert do("unpin", entry_id=quote["id"]) == {"total": 1}


def test_an_error_is_told_in_one_line(library: Index, notebooks: Notebooks) -> None:
    for name, arguments, said in (
        ("pin", {"article_id": "gone", "start": 0, "end": 3}, "no article"),
        ("move", {"entry_id": "x", "by": 1}, "no entry"),
        ("import_notebook", {"notebook": {}}, "this is not a notebook"),
    ):
        result = call(library, notebooks, name, **arguments)
        assert result.is_error
        assert said in result.content[0].text
        assert "\n" not in result.content[0].text


@pytest.fixture
def address(library: Index, notebooks: Notebooks) -> Iterator[str]:
    """Serve page and tools for ann and bob, and return the address of the tools."""
    people = {name: Account(hashed=hashed(f"of {name}")) for name in ("ann", "bob")}
    site = Site(index=library, notebooks=notebooks)
    for page in listening(site, accounts=Accounts(people)):
        yield f"{page}mcp"


def test_whoever_calls_over_http_has_their_own_notebook(address: str, notebooks: Notebooks) -> None:
    async def run(user: str) -> None:
        known = httpx2.BasicAuth(user, f"of {user}")
        async with (
            httpx2.AsyncClient(auth=known, timeout=60) as http,
            Client(streamable_http_client(address, http_client=http)) as client,
        ):
            await client.call_tool("note", {"text": f"note of {user}"})

    for user in ("ann", "bob"):
        in_a_loop(partial(run, user))
    for user in ("ann", "bob"):
        assert [entry.text for entry in notebooks.kept(user).entries] == [f"note of {user}"]
    assert not notebooks.kept().entries
