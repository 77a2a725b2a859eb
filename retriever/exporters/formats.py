"""A conversation's answers in the formats that others read: one file a format, listed here.

Answers come as ``Answer.to_dict()`` gives them, so that what was saved can be exported later and
without an index.
"""

from datetime import UTC, date, datetime

from retriever.errors import QuestionError
from retriever.exporters.annotations import ANNOTATIONS
from retriever.exporters.bibtex import BIBTEX
from retriever.exporters.csl import CSL
from retriever.exporters.markdown import MARKDOWN
from retriever.exporters.saved import SAVED_JSON, Conversation, Lookup, answers_in

EXPORT_FORMATS = {one.name: one for one in (MARKDOWN, SAVED_JSON, BIBTEX, CSL, ANNOTATIONS)}
"""The formats by name, in the order in which people are offered them."""


def export(
    saved: object,
    format: str,  # noqa: A002
    *,
    article: Lookup | None = None,
    today: date | None = None,
) -> str:
    """Return answers as text in one of :data:`EXPORT_FORMATS`.

    ``saved`` is an answer, a list of answers, or what this function made of them as ``json``.
    ``article`` looks up a stored article, for annotations. ``today`` is the day of access that
    references state.

    :raises QuestionError: when ``saved`` holds no answers, or the format is not known.
    """
    accessed = today or datetime.now(UTC).date()
    answers = tuple(answers_in(saved))
    if format not in EXPORT_FORMATS:
        known = ", ".join(EXPORT_FORMATS)
        raise QuestionError(f"{format!r} is no export format; choose one of {known}")
    return EXPORT_FORMATS[format].write(
        Conversation(answers=answers, accessed=accessed, article=article)
    )
