"""The page: which function answers which event."""

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from webui import handlers, render
from webui.answerer import Answerer
from webui.asking import Asked, asked_of, filters_of, turns_of
from webui.catalogue import remembered as remembered_catalogue
from webui.corpus_tab import Corpus, May
from webui.curating import Curator
from webui.examples import remembered as remembered_examples
from webui.feedback import Feedback
from webui.handlers import Conversation
from webui.histogram import bars_of
from webui.keeping import exported
from webui.layout import Parts, lay_out
from webui.programs import Curating, Programs, offer

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
_AT_ONCE: dict[str, Any] = {**_QUIETLY, "queue": False}

# Which filters are chosen is known to the browser only: it adds them to the question.
_WITH_FILTERS = "(question, _, talk) => [question, window.quotidian.chosen(), talk]"


def build_app(
    index: Answerer,
    feedback: Feedback | None = None,
    curator: Curator | None = None,
    may_curate: May = lambda _: True,
) -> gr.Blocks:
    """Return the page over an index, not yet served; conversations live in Gradio's sessions.

    ``curator`` changes the corpus for those whom ``may_curate`` lets, by their name.
    """
    page: gr.Blocks = gr.Blocks(
        title="Quotidian",
        fill_height=True,
        fill_width=True,
        analytics_enabled=False,
        delete_cache=(_CLEANED_EVERY, _KEPT_FOR),
    )
    catalogue = remembered_catalogue(index)
    corpus = Corpus(index=index, catalogue=catalogue, curator=curator, may_curate=may_curate)
    with page:
        parts = lay_out(feedback, corpus)
        _wire_questions(parts, index)
        _wire_the_rest(parts, index)
        _wire_loading(page, parts, corpus)
        offer(Programs(index), Curating(curator, feedback, may_curate))
    page.queue(default_concurrency_limit=_TOGETHER, max_size=_WAITING)
    return page


def _wire_questions(parts: Parts, index: Answerer) -> None:
    shown = [parts.transcript, parts.question, parts.talk]

    def show(
        steps: Iterator[Conversation], *, typed: str | None = None, at: int | None = None
    ) -> Iterator[tuple[object, ...]]:
        box: object = gr.skip() if typed is None else typed
        for talk in steps:
            yield handlers.show(talk, at=at), box, talk
            # The box is left alone now: the next question may already be in it.
            box = gr.skip()

    # No event's function has the name of an endpoint for programs: Gradio would give it to that.
    def converse(question: str, filters: str, talk: Conversation) -> Iterator[tuple[object, ...]]:
        asked = Asked(question=question, filters=filters_of(filters))
        yield from show(handlers.converse(asked, talk, index), typed="")

    def converse_anew(talk: Conversation, event: gr.EventData) -> Iterator[tuple[object, ...]]:
        turn = getattr(event, "turn", None)
        place = turn if isinstance(turn, int) else None
        steps = handlers.converse(asked_of(event.asked), talk, index, place=place)
        yield from show(steps, at=place)

    def replay(event: gr.EventData) -> Iterator[tuple[object, ...]]:
        yield from show(handlers.replay(turns_of(event.turns), index))

    asking = [
        parts.question.submit(
            converse,
            [parts.question, parts.filters, parts.talk],
            shown,
            js=_WITH_FILTERS,
            **_QUIETLY,
        ),
        parts.welcome.ask_again(converse_anew, [parts.talk], shown, **_QUIETLY),
        parts.transcript.ask_again(converse_anew, [parts.talk], shown, **_QUIETLY),
        parts.masthead.replay(replay, None, shown, **_QUIETLY),
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
        return render.welcome(corpus.index.coverage, examples())

    loaders: list[tuple[Callable[[], str], gr.HTML]] = [
        (show_filters, parts.filters),
        (show_welcome, parts.welcome),
    ]
    for load, part in loaders:
        page.load(load, None, [part], **_AT_ONCE)
