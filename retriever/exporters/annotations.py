"""Quotes as W3C Web Annotations (https://www.w3.org/TR/annotation-model/)."""

import hashlib
from dataclasses import asdict

from retriever.errors import QuestionError
from retriever.exporters.references import Reference
from retriever.exporters.saved import Conversation, ExportFormat, Lookup, json_text

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Enough around the quote to tell it from the same words elsewhere in the page.
AROUND = 32


def write_annotations(conversation: Conversation) -> str:
    """Return an annotation page with one annotation for each question and quote.

    Where a stored article still holds the words in their place, they get what stands before and
    after them.
    """
    return json_text(
        {
            "@context": CONTEXT,
            "type": "AnnotationPage",
            "items": [
                _annotation(answer.question, quote, conversation.article)
                for answer in conversation.answers
                for quote in answer.quotes
            ],
        }
    )


ANNOTATIONS = ExportFormat(
    name="annotations",
    label="Web Annotations",
    ending="jsonld",
    media_type="application/ld+json",
    write=write_annotations,
    reads_articles=True,
)


def _annotation(question: str, quote: Reference, article: Lookup | None) -> dict[str, object]:
    about = f"{question}\0{quote.article}\0{quote.sha256}\0{quote.start}-{quote.end}"
    digest = hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "id": f"urn:quotidian:annotation:{digest[:32]}",
        "type": "Annotation",
        "motivation": "linking",
        "body": {
            "type": "TextualBody",
            "value": question,
            "format": "text/plain",
            "purpose": "linking",
        },
        "target": _target(quote, article),
    }


def _target(quote: Reference, article: Lookup | None) -> dict[str, object]:
    exact: dict[str, object] = {"type": "TextQuoteSelector", "exact": quote.text}
    exact |= _surroundings(quote, article)
    position = {"type": "TextPositionSelector", "start": quote.start, "end": quote.end}
    return {
        # Without an address the text itself is named, by its hash.
        "source": quote.url or f"urn:sha256:{quote.sha256}",
        "selector": [exact | _refinement(quote), position | _refinement(quote)],
    }


def _refinement(quote: Reference) -> dict[str, object]:
    """Return the place of the answering words inside the quote, where a selector has any.

    Who knows no refinement (https://www.w3.org/TR/annotation-model/#refinement-of-selection)
    selects the quote; who does, the same words of it by either selector.
    """
    inside = quote.answering_in_text
    return {"refinedBy": {"type": "TextPositionSelector", **asdict(inside)}} if inside else {}


def _surroundings(quote: Reference, article: Lookup | None) -> dict[str, str]:
    try:
        text = article(quote.article).text if article else ""
    except QuestionError:  # gone since: the quote then stands by itself
        return {}
    if text[quote.start : quote.end] != quote.text:
        return {}
    before, after = text[max(0, quote.start - AROUND) : quote.start], text[quote.end :][:AROUND]
    return {"prefix": before, "suffix": after}
