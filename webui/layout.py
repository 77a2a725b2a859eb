"""What the page consists of and where it stands; nothing happens here."""

from dataclasses import dataclass

import gradio as gr

from webui import render
from webui.chat import handlers
from webui.components import script, scripted
from webui.corpus import tab as corpus_tab
from webui.corpus.tab import Corpus
from webui.programs.feedback import Feedback
from webui.programs.saving import judge_with
from webui.sessions import SECONDS_KEPT


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
    kept: gr.HTML


def lay_out(feedback: Feedback | None, corpus: Corpus, *, accounts: bool) -> Parts:
    """Lay the page out and return its components; judgements go to ``feedback``.

    With ``accounts`` one can sign out.
    """
    talk = gr.State((), time_to_live=SECONDS_KEPT)
    masthead = scripted("masthead", render.masthead(accounts=accounts), "masthead.js")
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="chat"):
            with gr.Column(elem_id="scroll"):
                welcome = scripted("welcome", render.welcome(None), "transcript.js")
                transcript = scripted(
                    "transcript", handlers.show(()), "transcript.js", judge_with(feedback)
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
        corpus_tab.lay_out(corpus)
        with gr.Column(elem_id="reader"):
            source = scripted("source", "", "reader.js")
    kept = gr.HTML("", html_template="", elem_id="kept", js_on_load=script("kept.js"))
    return Parts(
        talk=talk,
        masthead=masthead,
        welcome=welcome,
        transcript=transcript,
        filters=filters,
        question=question,
        source=source,
        kept=kept,
    )
