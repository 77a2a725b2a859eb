"""A conversation's answers in the formats that others read.

Answers come as ``Answer.to_dict()`` gives them, so that what was saved can be exported later and
without an index. Quotes alone are cited: passages shown as closest are not an answer.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from retriever.errors import QuestionError
from retriever.exporters.annotations import Lookup, as_annotations
from retriever.exporters.bibliography import as_bibtex, as_csl
from retriever.exporters.references import FORMS, Reference, as_markdown, markdown, reference_of
from retriever.exporters.verification import answers_in

# Name, the ending of a file of it, and its media type.
EXPORT_FORMATS = {
    "markdown": ("md", "text/markdown"),
    "json": ("json", "application/json"),
    "csl": ("csl.json", "application/vnd.citationstyles.csl+json"),
    "bibtex": ("bib", "application/x-bibtex"),
    "annotations": ("jsonld", "application/ld+json"),
}
NO_ANSWER = "The articles hold no answer to this question."


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
    answers = answers_in(saved)
    cited = [
        (str(answer.get("question", "")), reference_of(quote))
        for answer in answers
        for quote in answer["quotes"]
    ]
    quotes, accessed = [quote for _, quote in cited], today or datetime.now(UTC).date()
    match format:
        case "markdown":
            return _markdown(answers)
        case "json":
            return _json({"answers": answers})
        case "csl":
            return _json(as_csl(quotes, accessed=accessed))
        case "bibtex":
            return as_bibtex(quotes, accessed=accessed)
        case "annotations":
            return _json(as_annotations(cited, article))
    raise QuestionError(
        f"{format!r} is no export format; choose one of {', '.join(EXPORT_FORMATS)}"
    )


def quote_forms(quote: Mapping[str, object]) -> dict[str, str]:
    """Return a quote with its reference in each form that can be pasted, by the form's name.

    :raises QuestionError: when it is no quote as ``Quote.to_dict()`` gives it.
    """
    reference = reference_of(quote)
    return {name: form(reference) for name, form in FORMS.items()}


def _markdown(answers: Sequence[Mapping[str, list[object]]]) -> str:
    parts = []
    for answer in answers:
        parts.append(f"## {markdown(' '.join(str(answer.get('question', '')).split()))}")
        quotes: list[Reference] = [reference_of(quote) for quote in answer["quotes"]]
        parts += [as_markdown(quote) for quote in quotes] or [NO_ANSWER]
    return "\n\n".join(parts) + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
