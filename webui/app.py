"""The page: which function answers which event."""

from typing import Any

import gradio as gr

from webui import render
from webui.chat import handlers
from webui.chat.answerer import Answerer
from webui.chat.events import Questions
from webui.chat.examples import remembered as remembered_examples
from webui.chat.handlers import Conversation
from webui.chat.welcome import front_of
from webui.corpus.catalogue import remembered as remembered_catalogue
from webui.corpus.curator import Curator
from webui.corpus.histogram import bars_of
from webui.corpus.tab import Corpus, May
from webui.layout import Parts, lay_out
from webui.programs.endpoints import Curating, Programs, offer
from webui.programs.feedback import Feedback
from webui.programs.saving import exported
from webui.sessions import Tabs

# Questions answered at a time; more wait in line. Answering keeps a processor busy: few suffice.
_TOGETHER = 8
_WAITING = 256

# Seconds: files that were uploaded and never added to the corpus are removed.
_CLEANED_EVERY, _KEPT_FOR = 3_600, 86_400

# Events of the page itself: no spinner over the text, and no part of the API for programs.
_QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

# Only questions are queued. A click must not wait behind the questions of others, and where one
# queued event of a tab ends while the next begins, Gradio 6.31 can lose the reply to the second:
# a question asked while the page was still loading its examples was never answered.
# The last of several clicks counts: Gradio would drop what comes while a reply is on its way.
_AT_ONCE: dict[str, Any] = {**_QUIETLY, "queue": False, "trigger_mode": "always_last"}

# Which filters are chosen is known to the browser only: it adds them to the question.
_WITH_FILTERS = "(question, _, talk) => [question, window.quotidian.chosen(), talk]"


def build_app(
    index: Answerer,
    feedback: Feedback | None = None,
    curator: Curator | None = None,
    may_curate: May | None = None,
) -> gr.Blocks:
    """Return the page over an index, not yet served; conversations live in Gradio's sessions.

    ``curator`` changes the corpus for those whom ``may_curate`` lets, by their name; without it
    there are no accounts, and everybody may.
    """
    page = Tabs(
        title="Quotidian",
        fill_height=True,
        fill_width=True,
        analytics_enabled=False,
        delete_cache=(_CLEANED_EVERY, _KEPT_FOR),
    )
    catalogue = remembered_catalogue(index)
    may = may_curate or (lambda _: True)
    corpus = Corpus(index=index, catalogue=catalogue, curator=curator, may_curate=may)
    with page:
        parts = lay_out(feedback, corpus, accounts=may_curate is not None)
        _wire_questions(parts, index)
        _wire_the_rest(parts, index)
        _wire_loading(page, parts, corpus)
        offer(Programs(index), Curating(curator, feedback, may))
    page.queue(default_concurrency_limit=_TOGETHER, max_size=_WAITING)
    return page


def _wire_questions(parts: Parts, index: Answerer) -> None:
    shown = [parts.transcript, parts.question, parts.talk]
    typed = [parts.question, parts.filters, parts.talk]
    events = Questions(index)
    asking = [
        # Enter before the last answer is complete: it is asked after that, not dropped.
        parts.question.submit(
            events.converse,
            typed,
            shown,
            js=_WITH_FILTERS,
            trigger_mode="always_last",
            **_QUIETLY,
        ),
        parts.welcome.ask_again(events.converse_anew, [parts.talk], shown, **_QUIETLY),
        parts.transcript.ask_again(events.converse_anew, [parts.talk], shown, **_QUIETLY),
        parts.masthead.replay(events.replay, None, shown, **_QUIETLY),
    ]
    for event in asking:
        event.failure(handlers.show_broken, [parts.talk], [parts.transcript], **_QUIETLY)
    parts.masthead.begin_anew(
        lambda: (handlers.show(()), "", (), ""),
        None,
        [*shown, parts.source],
        cancels=asking,
        **_AT_ONCE,
    )


def _wire_the_rest(parts: Parts, index: Answerer) -> None:
    def open_source(event: gr.EventData) -> str:
        return handlers.show_source(str(event.key), index)

    def save(talk: Conversation, event: gr.EventData) -> str:
        return exported(handlers.answers_of(talk), str(event.format), index)

    parts.transcript.open_source(open_source, None, [parts.source], **_AT_ONCE)
    parts.masthead.export_as(save, [parts.talk], [parts.kept], **_AT_ONCE)


def _wire_loading(page: gr.Blocks, parts: Parts, corpus: Corpus) -> None:
    examples = remembered_examples(corpus.index)

    def show_filters() -> str:
        held = corpus.catalogue()
        return render.filter_bar(held, bars_of(held.dates))

    def show_welcome() -> str:
        return render.welcome(front_of(corpus.index.coverage, corpus.catalogue(), examples()))

    page.load(show_filters, None, [parts.filters], **_AT_ONCE)
    page.load(show_welcome, None, [parts.welcome], **_AT_ONCE)
