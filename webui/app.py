"""The page: its layout, and which function answers which event."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api

from retriever import QuotidianError
from webui import handlers, render
from webui.answerer import Answerer
from webui.examples import remembered
from webui.handlers import Conversation

STATIC = Path(__file__).parent / "static"

# Questions answered at a time; more wait in line. Answering keeps a processor busy: few suffice.
_TOGETHER = 8
_WAITING = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The page's components, for wiring."""

    conversation: gr.State
    anew: gr.Button
    welcome: gr.HTML
    transcript: gr.HTML
    question: gr.Textbox
    source: gr.HTML


def build_app(index: Answerer) -> gr.Blocks:
    """Return the page over an index, not yet served; conversations live in Gradio's sessions."""
    page: gr.Blocks = gr.Blocks(
        title="Quotidian", fill_height=True, fill_width=True, analytics_enabled=False
    )
    with page:
        parts = _lay_out()
        _wire_questions(parts, index)
        _wire_source(parts, index)
        examples = remembered(index)
        page.load(
            lambda: render.welcome(index.coverage, examples()),
            None,
            [parts.welcome],
            **_AT_ONCE,
        )
        api(_for_programs(index), api_name="ask")
    page.queue(default_concurrency_limit=_TOGETHER, max_size=_WAITING)
    return page


# Events of the page itself: no spinner over the text, and no part of the API for programs.
_QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

# Only questions are queued. A click must not wait behind the questions of others, and where one
# queued event of a tab ends while the next begins, Gradio 6.31 can lose the reply to the second:
# a question asked while the page was still loading its examples was never answered.
_AT_ONCE: dict[str, Any] = {**_QUIETLY, "queue": False}


def _lay_out() -> Parts:
    conversation = gr.State(())
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="chat"):
            with gr.Row(elem_id="masthead"):
                gr.HTML(render.masthead(), apply_default_css=False, js_on_load=None)
                anew = gr.Button("New conversation", elem_id="anew", size="sm")
            with gr.Column(elem_id="scroll"):
                welcome = _html("welcome", render.welcome(None, None), script="transcript.js")
                transcript = _html("transcript", handlers.show(()), script="transcript.js")
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
        with gr.Column(elem_id="reader"):
            source = _html("source", "", script="reader.js")
    return Parts(
        conversation=conversation,
        anew=anew,
        welcome=welcome,
        transcript=transcript,
        question=question,
        source=source,
    )


def _html(name: str, value: str, *, script: str) -> gr.HTML:
    """Return a part of the page that is HTML of :mod:`webui.render` with a script of ours."""
    return gr.HTML(
        value,
        elem_id=name,
        apply_default_css=False,
        js_on_load=(STATIC / script).read_text(encoding="utf-8"),
    )


def _wire_questions(parts: Parts, index: Answerer) -> None:
    shown = [parts.transcript, parts.question, parts.conversation]

    # Not named ask: Gradio would give that name's endpoint to it, not to the one for programs.
    def converse(question: str, conversation: Conversation) -> Iterator[tuple[object, ...]]:
        yield handlers.show(conversation, waiting_for=question), "", conversation
        conversation = (*conversation, handlers.reply_to(question, conversation, index))
        # The box is left alone now: the next question may already be in it.
        yield handlers.show(conversation), gr.skip(), conversation

    def converse_from_example(
        conversation: Conversation, event: gr.EventData
    ) -> Iterator[tuple[object, ...]]:
        yield from converse(str(event.question), conversation)

    asking = [
        parts.question.submit(converse, [parts.question, parts.conversation], shown, **_QUIETLY),
        parts.welcome.ask_example(converse_from_example, [parts.conversation], shown, **_QUIETLY),
    ]
    for event in asking:
        event.failure(handlers.show_broken, [parts.conversation], [parts.transcript], **_QUIETLY)
    parts.anew.click(
        lambda: (handlers.show(()), "", (), ""),
        None,
        [*shown, parts.source],
        cancels=asking,
        **_AT_ONCE,
    )


def _wire_source(parts: Parts, index: Answerer) -> None:
    def open_source(event: gr.EventData) -> str:
        return handlers.show_source(str(event.key), index)

    parts.transcript.open_source(open_source, None, [parts.source], **_AT_ONCE)


def _for_programs(index: Answerer) -> Callable[..., dict[str, object]]:
    def ask(question: str, history: list[dict[str, str]] | None = None) -> dict[str, object]:
        """Answer a question with quotes; history is a list of {"role", "content"} turns.

        From gradio_client ask with ``Client(address, download_files=False)``: otherwise it takes
        the articles for files, because they have a path, and tries to fetch them.
        """
        try:
            return handlers.ask_program(question, history or [], index)
        except QuotidianError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return ask
