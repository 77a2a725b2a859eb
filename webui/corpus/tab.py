"""The corpus tab: its parts, and which function answers which event."""

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from retriever import Index, QuotidianError
from webui import render
from webui.components import (
    EACH_CLICK,
    UNQUEUED,
    anew,
    latest,
    read_latest,
    scripted,
    tell_failures,
)
from webui.corpus.curator import Curator, Work
from webui.corpus.histogram import bars_of
from webui.corpus.listing import numbered_page, read_wish
from webui.corpus.uploads import read_files
from webui.holdings import coverage_facts
from webui.wording import NOT_ALLOWED, NOT_STARTED

MayCurate = Callable[[str | None], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusTab:
    """What the tab needs: the index and, if it may be changed here, by whom."""

    index: Index
    curator: Curator | None
    may_curate: MayCurate


def lay_out_tab(corpus: CorpusTab) -> None:
    """Add the tab to the page that is being laid out."""
    with gr.Column(elem_id="corpus"):
        figures = scripted("figures", "", "figures.js")
        works = scripted("works", "", "works.js")
        listing = scripted("listing", "", "listing.js")
    tab = _TabEvents(corpus)
    # One event for both, so that no earlier list comes after a later one.
    shown = [figures, works, listing]
    works.show_work(tab.progress, None, [works], **UNQUEUED)
    tell_failures(
        listing.show_list(tab.show, [listing], shown, **latest("list")),
        works.do_work(anew(tab.do), None, [works], **EACH_CLICK),
        works.add_files(anew(tab.add_files), None, [works], **EACH_CLICK),
    )


class _TabEvents:
    """The tab's events, as functions of what the browser sends and of who it is.

    As with :class:`QuestionEvents`, none has the name of an endpoint for programs.
    """

    def __init__(self, corpus: CorpusTab) -> None:
        self._corpus = corpus

    def show(self, wanted: str, request: gr.Request) -> tuple[object, object, str]:
        """Return the list that is wanted, after the figures and the work if all is."""
        held = self._corpus.index.catalogue()
        asked = read_latest(wanted)
        listing = render.listing(held, numbered_page(held, read_wish(asked.get("wanted"))))
        if asked.get("all") is not True:
            return gr.skip(), gr.skip(), listing
        facts = coverage_facts(self._corpus.index.coverage, searched="")
        return render.figures(held, bars_of(held.dates), facts), self.progress(request), listing

    def progress(self, request: gr.Request) -> str:
        curator = self._corpus.curator
        return self._shown(curator.work if curator else Work(), request)

    def do(self, event: gr.EventData, request: gr.Request) -> str:
        def wanted(curator: Curator) -> Work:
            doing = {"rebuild": curator.rebuild, "cancel": curator.cancel}
            return doing.get(str(event.work), curator.examine)()

        return self._done(wanted, request)

    def add_files(self, event: gr.EventData, request: gr.Request) -> str:
        def wanted(curator: Curator) -> Work:
            replace = getattr(event, "replace", False) is True
            return curator.add(read_files(event.files), replace=replace)

        return self._done(wanted, request)

    def _done(self, wanted: Callable[[Curator], Work], request: gr.Request) -> str:
        curator = self._curator_of(request)
        try:
            work = wanted(curator) if curator else Work(said=NOT_ALLOWED, problem=True)
        except (QuotidianError, OSError) as error:
            work = Work(said=str(error) or NOT_STARTED, problem=True)
        return self._shown(work, request)

    def _shown(self, work: Work, request: gr.Request) -> str:
        return render.works(work, allowed=self._curator_of(request) is not None)

    def _curator_of(self, request: gr.Request) -> Curator | None:
        """Return what changes the corpus, for those who may."""
        return self._corpus.curator if self._corpus.may_curate(request.username) else None
