"""The mentions view's parts, and which function answers which event."""

import json

import gradio as gr

from retriever import Index, QuotidianError, mention_rows
from webui import render
from webui.assets import script
from webui.components import EACH_CLICK, anew, latest, read_latest, scripted, tell_failures
from webui.mentions.request import PER_PAGE, read_mentions_request
from webui.mentions.view import make_mentions_page

# Before the text, so that spreadsheets take it for UTF-8.
_MARK = "\ufeff"


def lay_out_mentions(index: Index) -> None:
    """Add the view to the page that is being laid out."""
    with gr.Column(elem_id="mentions"):
        found = scripted("found", render.mentions(None), "mentions.js")
    table = gr.HTML("", html_template="", elem_id="table", js_on_load=script("save.js"))
    events = _MentionsEvents(index)
    tell_failures(
        found.show_mentions(anew(events.show), [found], [found], **latest("mentions")),
        found.save_mentions(anew(events.save), None, [table], **EACH_CLICK),
    )


class _MentionsEvents:
    """The view's events, as functions of what the browser sends."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def show(self, sent: str) -> str:
        wanted = read_mentions_request(read_latest(sent))
        if not wanted.expression:
            return render.mentions(None)
        try:
            found = self._index.mentions(
                wanted.expression, filters=wanted.filters, offset=wanted.offset, limit=PER_PAGE
            )
        except QuotidianError as error:
            return render.mentions(None, typed=wanted.expression, problem=str(error))
        return render.mentions(make_mentions_page(wanted, found), typed=wanted.expression)

    def save(self, event: gr.EventData) -> str:
        """Return what the browser saves, as JSON: a table of every mention, or the problem."""
        wanted = read_mentions_request(event.wanted)
        try:
            found = self._index.every_mention(wanted.expression, filters=wanted.filters)
            text = _MARK + "".join(mention_rows(found))
        except QuotidianError as error:
            return json.dumps({"problem": str(error)})
        return json.dumps({"name": "mentions.csv", "type": "text/csv", "text": text})
