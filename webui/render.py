"""The one place that makes HTML.

Every value is escaped by the templates' autoescape on its way out; what HTML cannot hold is shown
as the replacement character. Nothing in ``templates/`` marks a value as safe.
"""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from retriever import Answer, Coverage, Outcome
from webui.cards import Cards
from webui.reader import SourceView
from webui.wording import count, coverage_facts

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
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["counted"] = count


def masthead() -> str:
    """Return the page's name and what it does."""
    return str(_fill("masthead.html"))


def welcome(coverage: Coverage | None, examples: Sequence[str] | None) -> str:
    """Return the empty page: what it does, examples to click, and what would be searched.

    ``examples`` is ``None`` while they are being made: room is kept, so that nothing moves.
    """
    facts = coverage_facts(coverage) if coverage else []
    return str(_fill("welcome.html", facts=facts, examples=examples))


def question_asked(question: str) -> Markup:
    """Return the user's message."""
    return _fill("question.html", question=question)


def waiting() -> Markup:
    """Return what stands in an answer's place while it is being looked for."""
    return _fill("waiting.html")


def failure(message: str) -> Markup:
    """Return a one-line error as the program's message."""
    return _fill("failure.html", message=message)


def answer_given(answer: Answer, cards: Cards) -> Markup:
    """Return the program's message: the quotes, or that there are none, and what was searched."""
    searched = answer.search_text.strip()
    return _fill(
        "answer.html",
        answer=answer,
        cards=cards,
        answered=answer.outcome is Outcome.ANSWERED,
        empty=answer.outcome is Outcome.EMPTY_QUESTION,
        sources=len({card.article_id for card in cards.quotes}),
        searched=searched if searched != answer.question.strip() else None,
        facts=coverage_facts(answer.coverage),
    )


def transcript(turns: Sequence[Markup]) -> str:
    """Return the conversation; each turn is one message pair as the functions above made it."""
    return str(_fill("transcript.html", turns=turns))


def source(view: SourceView) -> str:
    """Return the reader pane: the whole article with the place marked."""
    return str(_fill("source.html", view=view))


def source_missing(message: str) -> str:
    """Return the reader pane when there is no article to show, and why."""
    return str(_fill("source_missing.html", message=message))


def _fill(template: str, **values: object) -> Markup:
    filled = _ENVIRONMENT.get_template(template).render(**values).strip()
    return Markup(filled)  # noqa: S704 - the environment above escaped every value
