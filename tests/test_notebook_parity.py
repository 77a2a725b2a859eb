"""One notebook: page, API, command line and Python show and export the same."""

import base64
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest
from click.testing import CliRunner
from gradio_client import Client as PageClient
from mcp import Client as ToolClient

from retriever import Index, Notebooks, export_notebook, open_index
from retriever.cli import main
from tests.loops import in_a_loop
from tests.webui.applications import listening
from webui.notebook.tab import _NotebookEvents
from webui.site import Site

pytestmark = [
    pytest.mark.model,
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]


@pytest.fixture
def index(seeds_index_folder: Path, tmp_path: Path) -> Index:
    """Return an index of the seeds with a notebook of three quotes and a note beside it."""
    index = open_index(shutil.copytree(seeds_index_folder, tmp_path / "index"), reader="none")
    notebooks = Notebooks.beside(index)
    for hit in index.search("What did Ding say?", k=3):
        place = hit.passage
        notebooks.pin(place.article.id, place.start, place.end, question="What did Ding say?")
    notebooks.annotate(notebooks.kept().entries[0].id, "beside")
    notebooks.label(notebooks.kept().entries[0].id, ["a label"])
    notebooks.add_note("free")
    return index


@pytest.fixture
def address(index: Index) -> Iterator[str]:
    """Serve the page and return its address."""
    yield from listening(Site(index=index, notebooks=Notebooks.beside(index)))


def command(index: Index, *arguments: str) -> bytes:
    """Return what a command prints."""
    result = CliRunner().invoke(main, ["notebook", *arguments, "--index", str(index.folder)])
    assert result.exit_code == 0, result.output
    return result.stdout_bytes


async def with_tool(address: str, name: str, **arguments: Any) -> Any:
    """Return what a tool gives."""
    async with ToolClient(f"{address}mcp") as client:
        result: Any = await client.call_tool(name, arguments)
        assert json.loads(result.content[0].text) == result.structured_content
        return result.structured_content


class _Quotes(HTMLParser):
    """Collects the words of every quote of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._reading = False
        self.feed(page)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "words") in attrs:
            self._reading = True
            self.words.append("")

    def handle_endtag(self, _: str) -> None:
        self._reading = False

    def handle_data(self, data: str) -> None:
        if self._reading:
            self.words[-1] += data


def test_every_way_of_looking_shows_the_same_notebook(address: str, index: Index) -> None:
    notebooks = Notebooks.beside(index)
    expected: Any = notebooks.show().to_dict()
    quotes = [entry["text"] for entry in expected["entries"] if entry["kind"] == "quote"]
    assert quotes
    assert {one["state"] for one in expected["entries"] if one["kind"] == "quote"} == {"same"}
    client = PageClient(address, verbose=False, analytics_enabled=False, download_files=False)
    assert client.predict(api_name="/notebook") == expected
    assert client.predict("", "a label", api_name="/notebook")["total"] == expected["total"]
    assert in_a_loop(lambda: with_tool(address, "notebook")) == expected
    assert json.loads(command(index, "list", "--json")) == expected
    wanted: Any = SimpleNamespace(changes=[], wanted={}, serial=1)
    told, page = _NotebookEvents(notebooks, accounts=False).change_pins(wanted, gr.Request())
    assert _Quotes(str(page)).words == quotes
    assert json.loads(told)["count"] == expected["total"]
    client.close()


@pytest.mark.parametrize("form", ["markdown", "html", "json", "word"])
def test_every_way_of_exporting_gives_the_same_file(form: str, address: str, index: Index) -> None:
    notebooks = Notebooks.beside(index)
    expected = content_of(form, export_notebook(notebooks, form))
    client = PageClient(address, verbose=False, analytics_enabled=False, download_files=False)
    file = client.predict(form, api_name="/export_notebook")
    client.close()
    sent = file["content"].encode()
    assert content_of(form, base64.b64decode(sent) if form == "word" else sent) == expected
    tool = in_a_loop(lambda: with_tool(address, "export_notebook", format=form))
    assert tool["encoding"] == file["encoding"]
    event: Any = SimpleNamespace(form=form, serial=1)
    saved = json.loads(_NotebookEvents(notebooks, accounts=False).write_out(event, gr.Request()))
    assert content_of(form, base64.b64decode(saved["base64"])) == expected
    assert saved["name"] == file["name"]
    assert content_of(form, command(index, "export", "--as", form)) == expected


def content_of(form: str, content: bytes) -> object:
    """Return what a file says; the entries of a Word file have the times of their writing."""
    if form != "word":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_what_one_way_pins_another_lists(address: str, index: Index) -> None:
    hit = index.search("Prigozhin moves to Belarus", k=9)[8].passage
    client = PageClient(address, verbose=False, analytics_enabled=False, download_files=False)
    pinned = client.predict(hit.article.id, hit.start, hit.end, api_name="/pin")
    client.close()
    listed = json.loads(command(index, "list", "--json"))["entries"]
    assert pinned["id"] in {entry["id"] for entry in listed}
    command(index, "remove", pinned["id"])
    assert pinned["id"] not in {entry.id for entry in Notebooks.beside(index).kept().entries}
