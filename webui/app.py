"""The page: which function answers which event."""

import asyncio
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import TypeVar

import gradio as gr

from retriever import Index, QuotidianError, Span
from webui import render
from webui.byline import read_place_key, read_span
from webui.chat.conversation import (
    Conversation,
    export_conversation,
    show_broken_conversation,
    show_conversation,
)
from webui.chat.events import QuestionEvents
from webui.chat.remembered_examples import Examples, RememberedExamples
from webui.chat.welcome import make_welcome
from webui.components import (
    ANSWERED_AT_A_TIME,
    EACH_CLICK,
    QUIETLY,
    UNQUEUED,
    Page,
    anew,
    tell_failures,
)
from webui.corpus.histogram import bars_of
from webui.corpus.tab import CorpusTab, MayCurate
from webui.layout import Parts, lay_out
from webui.programs.drafts import DRAFT_NAMES, DraftActions
from webui.programs.endpoints import (
    CURATOR_NAMES,
    NAMES,
    Actions,
    CuratorActions,
    add_endpoints,
)
from webui.programs.mentions import MENTION_NAMES, MentionActions
from webui.programs.notebook import NOTEBOOK_NAMES, NotebookActions
from webui.reader.quoted import QuotedPlace, read_quoted
from webui.reader.source_view import shows_words, source_view
from webui.site import Site

# Questions that wait in line; the next is refused.
_WAITING = 256

# Seconds: files that were uploaded and never added to the corpus are removed.
_CLEANED_EVERY, _KEPT_FOR = 3_600, 86_400

# Which filters are chosen is known to the browser only: it adds them to the question.
_WITH_FILTERS = "(question, _, talk) => [question, window.quotidian.chosen(), talk]"
# Why a question failed may be known to the browser only: it was not handed over, and the note in
# the corner says why, or who asked ended it.
_WITH_WHAT_IS_KNOWN = "async (talk, _) => [talk, await window.quotidian.known()]"

_T = TypeVar("_T")


def build_app(site: Site, may_curate: MayCurate | None = None) -> gr.Blocks:
    """Return the page of a site, not yet served; conversations live in Gradio's sessions.

    Its corpus is changed for those whom ``may_curate`` lets, by their name; without it there are no
    accounts, and everybody may.
    """
    page = Page(
        title="Quotidian",
        fill_height=True,
        fill_width=True,
        analytics_enabled=False,
        delete_cache=(_CLEANED_EVERY, _KEPT_FOR),
    )
    index, may = site.index, may_curate or (lambda _: True)
    corpus = CorpusTab(index=index, curator=site.curator, may_curate=may)
    with page:
        parts = lay_out(site.feedback, corpus, site.notebooks, accounts=may_curate is not None)
        _wire_questions(parts, index)
        _wire_reading_and_saving(parts, index)
        _wire_loading(page, parts, corpus, site.examples or RememberedExamples(index))
        add_endpoints(
            (Actions(index), NAMES),
            (CuratorActions(site.curator, site.feedback, may), CURATOR_NAMES),
            (MentionActions(index), MENTION_NAMES),
            (NotebookActions(site.notebooks), NOTEBOOK_NAMES),
            (DraftActions(index), DRAFT_NAMES),
        )
    page.queue(default_concurrency_limit=ANSWERED_AT_A_TIME, max_size=_WAITING)
    return page


def once_a_generation(index: Index, make: Callable[[Index], _T]) -> Callable[[], _T]:
    """Return a function that gives what ``make`` made of the index generation in use.

    Threads that ask while it is being made wait for it.
    """
    making = Lock()

    @lru_cache(maxsize=1)
    def made(_: int) -> _T:
        return make(index)

    def remembered() -> _T:
        with making:
            return made(index.coverage.generation)

    return remembered


def open_source(
    key: str,
    index: Index,
    *,
    answering: Span | None = None,
    others: Sequence[QuotedPlace] = (),
    words: str | None = None,
) -> str:
    """Return the reader pane for a card's key, or the one line why it cannot be shown.

    ``answering`` are the words of the card's quote that answer, marked inside it; ``others`` are
    the answer's other quotes in the same article, tinted too. ``words`` are the card's: where the
    article has others at that place by now, nothing is marked, and it is said why.
    """
    try:
        article_id, start, end = read_place_key(key)
        article = index.article(article_id)
    except QuotidianError as error:
        return render.source_missing(str(error))
    if words is not None and not shows_words(article.text[start:end], words):
        return render.source(source_view(article, start=start, end=end, changed=True))
    return render.source(
        source_view(article, start=start, end=end, answering=answering, others=others)
    )


def _show_failure(talk: Conversation, known: str) -> object:
    """Return the conversation with a line that something failed, unless the page knows what."""
    return gr.skip() if known else show_broken_conversation(talk)


def _wire_questions(parts: Parts, index: Index) -> None:
    shown = [parts.transcript, parts.question, parts.talk]
    typed = [parts.question, parts.filters, parts.talk]
    events = QuestionEvents(index)
    asking = [
        # Enter before the last answer is complete: it is asked after that, not dropped.
        parts.question.submit(
            events.converse,
            typed,
            shown,
            js=_WITH_FILTERS,
            trigger_mode="always_last",
            **QUIETLY,
        ),
        parts.welcome.ask_again(events.converse_anew, [parts.talk], shown, **QUIETLY),
        parts.transcript.ask_again(events.converse_anew, [parts.talk], shown, **QUIETLY),
        parts.masthead.replay(events.replay, None, shown, **QUIETLY),
    ]
    for event in asking:
        event.failure(
            _show_failure,
            [parts.talk, parts.filters],
            [parts.transcript],
            js=_WITH_WHAT_IS_KNOWN,
            **UNQUEUED,
        )
    parts.masthead.begin_anew(
        lambda: (show_conversation(()), "", (), ""),
        None,
        [*shown, parts.source],
        cancels=asking,
        **UNQUEUED,
    )


def _wire_reading_and_saving(parts: Parts, index: Index) -> None:
    def read(event: gr.EventData) -> str:
        answering = read_span(getattr(event, "answering", None))
        others = read_quoted(getattr(event, "others", None))
        words = getattr(event, "words", None)
        return open_source(
            str(event.key),
            index,
            answering=answering,
            others=others,
            words=words if isinstance(words, str) else None,
        )

    def save(talk: Conversation, event: gr.EventData) -> str:
        return export_conversation(talk, str(event.format), index)

    tell_failures(
        parts.transcript.open_source(read, None, [parts.source], **EACH_CLICK),
        parts.masthead.export_as(anew(save), [parts.talk], [parts.saved], **EACH_CLICK),
    )


def _wire_loading(
    page: gr.Blocks, parts: Parts, corpus: CorpusTab, examples: RememberedExamples
) -> None:
    def welcome_with(found: Examples | None) -> str:
        return render.welcome(make_welcome(corpus.index.coverage, corpus.index.catalogue(), found))

    def show_first(request: gr.Request) -> tuple[str, str, str]:
        held = corpus.index.catalogue()
        filters = render.filter_bar(held, bars_of(held.dates))
        return filters, welcome_with(examples.ready()), parts.pins.first(request)

    async def show_examples() -> str:
        found = await asyncio.wrap_future(await asyncio.to_thread(examples.begin))
        return await asyncio.to_thread(welcome_with, found)

    # First what is known at once, in one request, then the rest; nothing that stands there moves.
    first = [parts.filters, parts.welcome, parts.pins.told]
    page.load(show_first, None, first, **UNQUEUED).then(
        show_examples, None, [parts.welcome], **UNQUEUED
    )
