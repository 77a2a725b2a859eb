"""What the page consists of and where it stands; nothing happens here."""

from dataclasses import dataclass

import gradio as gr

from retriever import Notebooks
from webui import render
from webui.assets import script
from webui.chat.conversation import show_conversation
from webui.chat.feedback import Feedback, judge_with
from webui.components import SECONDS_KEPT, scripted
from webui.corpus.tab import CorpusTab, lay_out_tab
from webui.drafts.tab import lay_out_check
from webui.mentions.tab import lay_out_mentions
from webui.notebook.tab import Pins, lay_out_notebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The page's components, for wiring."""

    talk: gr.State
    masthead: gr.HTML
    welcome: gr.HTML
    transcript: gr.HTML
    filters: gr.HTML
    question: gr.Textbox
    source: gr.HTML
    saved: gr.HTML
    pins: Pins


def lay_out(
    feedback: Feedback | None,
    corpus: CorpusTab,
    notebooks: Notebooks | None,
    *,
    accounts: bool,
) -> Parts:
    """Lay the page out and return its components; judgements go to ``feedback``.

    With ``accounts`` one can sign out.
    """
    talk = gr.State((), time_to_live=SECONDS_KEPT)
    masthead = scripted("masthead", render.masthead(accounts=accounts), "masthead.js")
    # Not a row: a browser would load another two files for it, and the style sheet lays it out.
    with gr.Column(elem_id="desk"):
        with gr.Column(elem_id="chat"):
            with gr.Column(elem_id="scroll"):
                welcome = scripted("welcome", render.welcome(None), "transcript.js")
                transcript = scripted(
                    "transcript", show_conversation(()), "transcript.js", judge_with(feedback)
                )
            filters = scripted("filters", render.filter_bar(None, ()), "filters.js")
            question = gr.Textbox(
                label="Your question",
                show_label=False,
                container=False,
                placeholder="Ask the articles a question",
                max_lines=6,
                autofocus=True,
                submit_btn="Ask",
                elem_id="question",
            )
        lay_out_tab(corpus)
        lay_out_mentions(corpus.index)
        pins = lay_out_notebook(notebooks, accounts=accounts)
        lay_out_check(corpus.index)
        with gr.Column(elem_id="reader"):
            source = scripted("source", "", "reader.js")
    saved = gr.HTML("", html_template="", elem_id="saved", js_on_load=script("save.js"))
    return Parts(
        talk=talk,
        masthead=masthead,
        welcome=welcome,
        transcript=transcript,
        filters=filters,
        question=question,
        source=source,
        saved=saved,
        pins=pins,
    )
