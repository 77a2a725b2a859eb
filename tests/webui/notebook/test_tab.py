"""The notebook on the page: what a browser may send, and that nothing of it becomes markup."""

import base64
import json
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from retriever import Index, Notebooks, notebook_of
from tests.attacks import ATTACKS
from tests.webui.corpora import FILES, SIDECAR, index_of
from webui import render
from webui.byline import place_key
from webui.notebook.requests import NotebookQuery, read_query
from webui.notebook.tab import _NotebookEvents
from webui.notebook.view import notebook_page

KEY = place_key("article.txt", 44, 80)
ANYBODY = gr.Request(username=None)


@pytest.fixture
def notebooks(library: Index, tmp_path: Path) -> Notebooks:
    """Return empty notebooks over the small library."""
    return Notebooks(tmp_path, library)


def send(
    notebooks: Notebooks | None, *changes: object, wanted: object = None, user: str | None = None
) -> tuple[dict[str, Any], Any]:
    """Send changes as the page does; return what it is told, and the list if it wants one."""
    event: Any = SimpleNamespace(changes=[*changes], wanted=wanted, serial=7)
    events = _NotebookEvents(notebooks, accounts=user is not None)
    told, shown = events.change_pins(event, gr.Request(username=user))
    return json.loads(told), shown


class _Page(HTMLParser):
    """Collects tags with attributes, and the text of the quotes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.quotes: list[str] = []
        self._quoting = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "blockquote":
            self._quoting = True
            self.quotes.append("")

    def handle_endtag(self, tag: str) -> None:
        self._quoting = self._quoting and tag != "blockquote"

    def handle_data(self, data: str) -> None:
        if self._quoting:
            self.quotes[-1] += data


def page_of(notebooks: Notebooks, **sought: Any) -> str:
    """Return the notebook as the page shows it."""
    return render.notebook(notebook_page(notebooks, NotebookQuery(**sought)), accounts=False)


def test_a_pin_is_told_of_and_taken_out_again(notebooks: Notebooks) -> None:
    told, shown = send(notebooks, {"do": "pin", "key": KEY, "question": "Who?"})
    assert told == {"serial": 7, "keys": [KEY], "count": 1, "said": "Pinned"}
    assert isinstance(shown, dict)  # Gradio's word for: leave it
    told, _ = send(notebooks, {"do": "unpin", "key": KEY})
    assert (told["keys"], told["said"]) == ([], "No longer pinned")


def test_changes_are_done_in_their_order_and_the_list_is_shown(notebooks: Notebooks) -> None:
    send(notebooks, {"do": "pin", "key": KEY}, {"do": "note", "text": "free <b>"})
    quote, note = notebooks.kept().entries
    told, shown = send(
        notebooks,
        {"do": "annotate", "entry": quote.id, "text": "beside"},
        {"do": "label", "entry": quote.id, "labels": "one, two,,one"},
        {"do": "move", "entry": note.id, "by": -1},
        wanted={},
    )
    assert told["said"] == "Moved up"
    assert [entry.id for entry in notebooks.kept().entries] == [note.id, quote.id]
    assert notebooks.kept().entries[1].labels == ("one", "two")
    page = _Page(shown)
    assert page.quotes == ["“China supports Russia,” he said.[1]"]
    assert "free &lt;b&gt;" in shown
    assert "Kept on this machine" in shown


@pytest.mark.parametrize(
    "change",
    [
        None,
        {},
        {"do": "destroy"},
        {"do": "\ud800"},
        {"do": "pin"},
        {"do": "pin", "key": "nowhere"},
        {"do": "pin", "key": place_key("gone.txt", 0, 5)},
        {"do": "pin", "key": place_key("article.txt", 9_000, 9_001)},
        {"do": "move", "entry": "ffffffffffff", "by": 1},
        {"do": "move", "entry": "ffffffffffff", "by": "up"},
        {"do": "annotate", "entry": 5, "text": "x"},
        {"do": "note", "text": "x" * 10_001},
        {"do": "note", "text": ""},
    ],
)
def test_what_makes_no_sense_is_said_in_a_line_and_changes_nothing(
    change: object, notebooks: Notebooks
) -> None:
    before = notebooks.pin("article.txt", 44, 80)
    told, _ = send(notebooks, change)
    assert told["problem"]
    assert "\n" not in told["problem"]
    assert notebooks.kept().entries == (before,)
    assert told["keys"] == [KEY]


def test_too_many_changes_are_refused(notebooks: Notebooks) -> None:
    told, _ = send(notebooks, *[{"do": "note", "text": "x"}] * 201)
    assert "at most 200" in told["problem"]


def test_a_server_without_notebooks_says_so() -> None:
    told, _ = send(None, {"do": "pin", "key": KEY}, wanted={})
    assert told["problem"] == "This server keeps no notebook."


def test_each_account_sees_its_own(notebooks: Notebooks) -> None:
    send(notebooks, {"do": "note", "text": "of ann"}, user="ann")
    _, ann = send(notebooks, wanted={}, user="ann")
    _, bob = send(notebooks, wanted={}, user="bob")
    assert "of ann" in ann
    assert "of ann" not in bob
    assert "for your account alone" in bob


def test_an_imported_notebook_is_taken_in_or_refused(notebooks: Notebooks) -> None:
    notebooks.pin("article.txt", 44, 80)
    events = _NotebookEvents(notebooks, accounts=False)
    written: Any = SimpleNamespace(form="json", serial=1)
    file = json.loads(events.write_out(written, ANYBODY))
    assert (file["name"], file["type"]) == ("notebook.json", "application/json")
    content = base64.b64decode(file["base64"]).decode()
    notebooks.remove(notebooks.kept().entries[0].id)
    for text, told in (
        (content, "1 entry added."),
        (content.replace("China", "Chile"), "1 entry added. 1 quote could not be verified"),
        ("{", "this is not the JSON of a notebook"),
    ):
        event: Any = SimpleNamespace(text=text, wanted={}, serial=2)
        came, _ = events.take_in(event, ANYBODY)
        assert told in json.loads(came).get("said", json.loads(came).get("problem"))
    unknown: Any = SimpleNamespace(form="pdf", serial=1)
    assert "no format" in json.loads(events.write_out(unknown, ANYBODY))["problem"]


def test_only_what_an_article_held_looks_like_a_quote(notebooks: Notebooks) -> None:
    notebooks.pin("article.txt", 44, 80)
    kept = json.loads(json.dumps(notebooks.show().to_dict()))["entries"][0]
    forged = {**kept, "id": "0123456789ab", "text": "“Chile” supports Russia,” he said.[1]"[:36]}
    notebooks.join(notebook_of({"format": "quotidian-notebook", "version": 1, "entries": [forged]}))
    page = page_of(notebooks)
    assert _Page(page).quotes == ["“China supports Russia,” he said.[1]", *new_words(page)]
    assert 'class="claimed"' in page
    assert "Not verified" in page


def new_words(page: str) -> list[str]:
    """Return the quotes of a page that say what an article says now."""
    return _Page(page).quotes[1:] if 'class="new"' in page else []


def test_a_revised_quote_shows_both_and_a_gone_one_says_so(tmp_path: Path) -> None:
    before = index_of(FILES, _made(tmp_path / "before"))
    notebooks = Notebooks(tmp_path / "notebooks", before)
    notebooks.pin("article.txt", 44, 80)
    notebooks.pin("b.txt", 0, 5)
    files = {
        "article.txt": FILES["article.txt"].replace("China supports", "China backs"),
        "article.txt.meta.toml": SIDECAR,
    }
    after = index_of(files, _made(tmp_path / "after"))
    page = page_of(Notebooks(tmp_path / "notebooks", after))
    assert _Page(page).quotes == [
        "“China supports Russia,” he said.[1]",
        "“China backs Russia,” he said.[1]",
        "Nothing is known of this text.",
    ]
    assert "The article was revised" in page
    assert "The article is gone" in page


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_long_notebook_is_shown_by_pages(notebooks: Notebooks) -> None:
    for number in range(60):
        notebooks.add_note(f"note {number}")
    first, last = page_of(notebooks), page_of(notebooks, page=2)
    assert (first.count("data-entry"), last.count("data-entry")) == (50, 10)
    assert "51 to 60 of 60" in last
    assert page_of(notebooks, page=9) == first
    assert page_of(notebooks, text="note 59").count("data-entry") == 1
    assert 'data-do="up"' not in page_of(notebooks, text="note 59")


@pytest.mark.parametrize("value", [None, 7, {"page": 0}, {"page": "x"}, {"text": ["x"]}])
def test_a_query_that_makes_no_sense_shows_all(value: object) -> None:
    assert read_query(value) == NotebookQuery()


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_imported_field_becomes_markup(attack: str, notebooks: Notebooks) -> None:
    """Whatever an import claims of articles that are not here, and whatever somebody writes."""
    fields = dict.fromkeys(("title", "author", "publisher", "published", "url", "path"), attack)
    cut = {name: value[:2_000] for name, value in fields.items()}
    words = attack or "x"
    claimed = {
        "kind": "quote",
        "id": "0123456789ab",
        "article": {"id": words[:2_000], **cut},
        "start": 0,
        "end": len(words[:10_000]),
        "text": words[:10_000],
        "speaker": attack[:2_000],
        "question": attack[:10_000],
        "note": attack[:10_000],
        "labels": [words[:60]],
        "pinned": "2026-11-27T20:00:00+00:00",
        "verified": "2026-11-27T20:00:00+00:00",
    }
    note = {"kind": "note", "id": "0123456789ac", "text": attack[:10_000], "written": "2026-11-27"}
    value = {"format": "quotidian-notebook", "version": 1, "entries": [claimed, note]}
    notebooks.join(notebook_of(value))
    page = page_of(notebooks, text=attack[:200]) + page_of(notebooks)
    tags = _Page(page).tags
    known = set(
        "section h2 p div form label span input select option details summary button ol li "
        "blockquote b bdi cite textarea".split()
    )
    assert {tag for tag, _ in tags} <= known  # and no link: nobody verified where it leads
    assert not any(name.startswith("on") or name == "style" for _, held in tags for name in held)
    assert not _Page(page).quotes
