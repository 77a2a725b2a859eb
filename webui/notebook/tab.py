"""The notebook's part of the page: its components, and which function answers which event."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from retriever import (
    NOTEBOOK_FORMATS,
    Notebooks,
    QuotidianError,
    SettingsError,
    export_notebook,
    read_notebook,
)
from webui import render
from webui.assets import script
from webui.components import EACH_CLICK, scripted
from webui.notebook.requests import read_changes, read_query
from webui.notebook.view import notebook_page, pinned_keys
from webui.wording import NO_NOTEBOOK, imported

# The state of the pins, as JSON, and the list of entries, which changes only where it is seen.
Told = tuple[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pins:
    """What tells the page which quotes are pinned, and what it is told first, to whoever asks."""

    told: gr.HTML
    first: Callable[[gr.Request], str]


def lay_out_notebook(notebooks: Notebooks | None, *, accounts: bool) -> Pins:
    """Add the notebook to the page that is being laid out; with ``accounts`` one for each."""
    with gr.Column(elem_id="notebook"):
        entries = scripted("entries", "", "notebook.js")
    pins = gr.HTML("", html_template="", elem_id="pins", js_on_load=script("pins.js"))
    file = gr.HTML("", html_template="", elem_id="notebook-file", js_on_load=script("save.js"))
    events = _NotebookEvents(notebooks, accounts=accounts)
    pins.change_pins(events.change_pins, None, [pins, entries], **EACH_CLICK)
    pins.take_in(events.take_in, None, [pins, entries], **EACH_CLICK)
    pins.write_out(events.write_out, None, [file], **EACH_CLICK)
    return Pins(told=pins, first=events.first)


class _NotebookEvents:
    """The notebook's events, as functions of what the browser sends and of who it is.

    As with :class:`QuestionEvents`, none has the name of an endpoint for programs.
    """

    def __init__(self, notebooks: Notebooks | None, *, accounts: bool) -> None:
        self._notebooks = notebooks
        self._accounts = accounts

    def first(self, request: gr.Request) -> str:
        """Return what is pinned when the page is opened; nothing where nothing is kept."""
        try:
            kept = self._kept().kept(request.username)
        except QuotidianError:  # said where the notebook is looked at
            return ""
        return json.dumps({"keys": pinned_keys(kept), "count": len(kept.entries)})

    def change_pins(self, event: gr.EventData, request: gr.Request) -> Told:
        def change(notebooks: Notebooks) -> str:
            said = ""
            for one in read_changes(event.changes):
                said = one.apply(notebooks, request.username)
            return said

        return self._told(change, event, request.username)

    def take_in(self, event: gr.EventData, request: gr.Request) -> Told:
        def take(notebooks: Notebooks) -> str:
            came = notebooks.join(read_notebook(str(event.text)), account=request.username)
            return imported(came.added, came.unverified)

        return self._told(take, event, request.username)

    def write_out(self, event: gr.EventData, request: gr.Request) -> str:
        form, serial = str(event.form), getattr(event, "serial", None)
        try:
            content = export_notebook(self._kept(), form, account=request.username)
        except QuotidianError as error:
            return json.dumps({"problem": str(error), "serial": serial})
        kind = NOTEBOOK_FORMATS[form]
        file = {
            "name": f"notebook.{kind.ending}",
            "type": kind.media_type,
            "base64": base64.b64encode(content).decode("ascii"),
        }
        return json.dumps({**file, "serial": serial})

    def _told(
        self, change: Callable[[Notebooks], str], event: gr.EventData, account: str | None
    ) -> Told:
        """Return what the pins are after a change, and what of the notebook is to be seen.

        ``serial`` comes back, so that the page knows which change this is the reply to.
        """
        told: dict[str, object] = {"serial": getattr(event, "serial", None), "keys": [], "count": 0}
        shown: object = gr.skip()
        try:
            notebooks = self._kept()
            try:
                told["said"] = change(notebooks)
            except QuotidianError as error:
                told["problem"] = str(error)
            kept = notebooks.kept(account)
            told |= {"keys": pinned_keys(kept), "count": len(kept.entries)}
            if getattr(event, "wanted", None) is not None:
                shown = self._page(notebooks, event.wanted, account)
        except QuotidianError as error:
            told["problem"] = str(error)
        return json.dumps(told), shown

    def _page(self, notebooks: Notebooks, wanted: object, account: str | None) -> str:
        page = notebook_page(notebooks, read_query(wanted), account=account)
        return render.notebook(page, accounts=self._accounts)

    def _kept(self) -> Notebooks:
        if self._notebooks is None:
            raise SettingsError(NO_NOTEBOOK)
        return self._notebooks
