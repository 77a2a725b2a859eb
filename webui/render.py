"""The one place that makes HTML.

Every value is escaped by the templates' autoescape on its way out; what HTML cannot hold is shown
as the replacement character. Nothing in ``templates/`` marks a value as safe.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from retriever import (
    EXPORT_FORMATS,
    NOTEBOOK_FORMATS,
    SYNTAX,
    Answer,
    Catalogue,
    Outcome,
    addable_endings,
)
from webui import holdings, wording
from webui.byline import place_key
from webui.chat.assumptions import Chip
from webui.chat.cards import Cards
from webui.chat.listing import ShownList
from webui.chat.welcome import Welcome
from webui.corpus import phrases
from webui.corpus.curator import Work
from webui.corpus.histogram import Bar, wider_than
from webui.corpus.listing import NumberedPage
from webui.drafts.question_runs import ListProgress
from webui.drafts.verdict_view import DraftView
from webui.mentions.view import MentionsPage
from webui.notebook.view import NotebookPage
from webui.reader.source_view import SourceView

_UNHOLDABLE = {0: "\N{REPLACEMENT CHARACTER}"} | dict.fromkeys(
    range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"
)


def text(value: object) -> Markup:
    """Return a value as HTML that displays exactly its text.

    NUL and lone surrogates cannot stand in an HTML document and become U+FFFD; a carriage return
    is written as a reference, because the parser turns a bare one into a line feed.
    """
    if isinstance(value, Markup):
        return value
    held = str(value).translate(_UNHOLDABLE)
    return Markup(str(escape(held)).replace("\r", "&#13;"))  # noqa: S704 - escaped just now


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    finalize=text,
    undefined=StrictUndefined,
    auto_reload=False,  # an update beside a running server must not change half of its page
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["counted"] = wording.count
_ENVIRONMENT.filters["language"] = wording.language_name
_ENVIRONMENT.filters["kilobytes"] = phrases.kilobytes
_ENVIRONMENT.filters["opening"] = lambda article_id: place_key(article_id, 0, 0)
_ENVIRONMENT.filters["dated"] = wording.date_in_words
_ENVIRONMENT.filters["verdict"] = lambda accuracy: wording.VERDICTS[accuracy]
_ENVIRONMENT.filters["state"] = lambda state: wording.STATES.get(state, state)

# More than these are named, not drawn; and more than those not offered one by one.
_PUBLISHERS = 10
_PUBLISHERS_OFFERED = 100


def sign_in(style: str, script: str) -> str:
    """Return the page that asks for user and password, with a style and a script of ours."""
    ours = {"style": Markup(style), "script": Markup(script)}  # noqa: S704 - nothing else is
    return str(_fill("sign_in.html", **ours))


def masthead(*, accounts: bool) -> str:
    """Return the page's name, what it does, and the way to its parts, and out if one came in."""
    return str(_fill("masthead.html", formats=EXPORT_FORMATS.values(), accounts=accounts))


def welcome(content: Welcome | None) -> str:
    """Return the empty page: what it does, what there is, and questions and articles to click.

    ``content`` is ``None`` while it is being made; nothing that stands there moves when it comes.
    """
    return str(_fill("welcome.html", welcome=content))


def filter_bar(catalogue: Catalogue | None, bars: Sequence[Bar]) -> str:
    """Return what the question can be narrowed to; nothing where there is nothing to choose.

    ``catalogue`` is ``None`` while it is being read: room is kept, so that nothing moves.
    """
    return str(_fill("filters.html", catalogue=catalogue, bars=bars))


def question_asked(question: str) -> Markup:
    """Return the user's message."""
    return _fill("question.html", question=question)


def waiting() -> Markup:
    """Return what stands in an answer's place while it is being looked for."""
    return _fill("waiting.html")


def failure(message: str) -> Markup:
    """Return a one-line error as the program's message."""
    return _fill("failure.html", message=message)


def answer_given(
    answer: Answer, cards: Cards, chips: Sequence[Chip], listed: ShownList | None = None
) -> Markup:
    """Return the program's message: the quotes, or that there are none, and what was searched.

    ``listed`` stands beside the quotes where the question was about the articles themselves.
    """
    searched = answer.search_text.strip()
    listing = answer.listing
    return _fill(
        "answer.html",
        answer=answer,
        cards=cards,
        chips=chips,
        answered=answer.outcome is Outcome.ANSWERED,
        empty=answer.outcome is Outcome.EMPTY_QUESTION,
        refusal=wording.NOBODY_LISTED[listing.kind] if listing else wording.NO_ANSWER,
        narrowed=json.dumps(answer.filters.to_dict()),
        counted=listing if listing and listing.kind == "mentions" else None,
        widened=wording.widened_line(answer.widened),
        listed=listed,
        listed_line=wording.listed_line(listing, len(cards.quotes)) if listing else None,
        listed_heading=wording.LISTED_HEADINGS[listing.kind] if listing else None,
        language=wording.language_line(answer.question_language),
        sources=len({card.article_id for card in cards.quotes}),
        searched=searched if searched != answer.question.strip() else None,
        newest=holdings.newest_line(
            answer.question, [card.published for card in cards.closest], answer.coverage.latest
        ),
        facts=holdings.searched_facts(answer),
    )


def transcript(turns: Sequence[tuple[str, Markup]], *, at: int) -> str:
    """Return the conversation; the question numbered ``at``, from 0, is the one to look at.

    Each turn is what was asked, as the page sends it back, and its messages as made above.
    """
    return str(_fill("transcript.html", turns=turns, at=at))


def source(view: SourceView) -> str:
    """Return the reader pane: the whole article with the place marked."""
    return str(_fill("source.html", view=view))


def figures(catalogue: Catalogue, bars: Sequence[Bar], facts: Sequence[str]) -> str:
    """Return what the corpus holds, in figures and two plots."""
    shown, others = catalogue.publishers[:_PUBLISHERS], catalogue.publishers[_PUBLISHERS:]
    return str(
        _fill(
            "figures.html",
            facts=facts,
            bars=bars,
            wider=wider_than(bars, catalogue.dates),
            publishers=shown,
            others=len(others),
        )
    )


def listing(catalogue: Catalogue, page: NumberedPage) -> str:
    """Return one page of the list of articles, with what it can be narrowed to."""
    return str(
        _fill(
            "listing.html",
            page=page,
            found=phrases.found_line(
                page.content,
                narrowed=bool(page.narrowed),
                number=page.wish.page,
                pages=page.pages,
            ),
            states=catalogue.states,
            publishers=catalogue.publishers[:_PUBLISHERS_OFFERED],
        )
    )


def mentions(page: MentionsPage | None, *, typed: str = "", problem: str | None = None) -> str:
    """Return the mentions view: its field, then what was found, or why nothing can be."""
    return str(_fill("mentions.html", page=page, typed=typed, problem=problem, syntax=SYNTAX))


def works(work: Work, *, allowed: bool) -> str:
    """Return what can be done with the corpus, if it may be, and what is being done."""
    stage = wording.STAGES.get(work.stage, work.stage)
    pace = wording.pace(work.per_second, work.seconds_left)
    endings = addable_endings()
    return str(
        _fill("works.html", work=work, allowed=allowed, stage=stage, pace=pace, endings=endings)
    )


def notebook(page: NotebookPage, *, accounts: bool) -> str:
    """Return one page of the notebook, with what can be done with it."""
    return str(
        _fill("notebook.html", page=page, formats=NOTEBOOK_FORMATS.values(), accounts=accounts)
    )


def draft_entry() -> str:
    """Return where a draft is pasted or chosen."""
    return str(_fill("draft_entry.html"))


def draft_verdicts(view: DraftView | None, *, tolerated: str = "", problem: str = "") -> str:
    """Return what came of a draft's check, or the one line why it could not be made."""
    return str(_fill("draft_verdicts.html", view=view, tolerated=tolerated, problem=problem))


def question_list(progress: ListProgress, *, problem: str = "") -> str:
    """Return where a list of questions is chosen, how far it is, and its first rows."""
    pace = wording.pace(progress.per_second, progress.seconds_left) if progress.running else ""
    return str(
        _fill(
            "question_list.html",
            progress=progress,
            pace=pace,
            problem=problem,
            place_key=place_key,
        )
    )


def source_missing(message: str) -> str:
    """Return the reader pane when there is no article to show, and why."""
    return str(_fill("source_missing.html", message=message))


def _fill(template: str, **values: object) -> Markup:
    filled = _ENVIRONMENT.get_template(template).render(**values).strip()
    return Markup(filled)  # noqa: S704 - the environment above escaped every value
