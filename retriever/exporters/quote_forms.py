"""A quote with its reference, ready to be pasted: as plain text, Markdown or HTML."""

import html
from collections.abc import Mapping

from retriever.exporters.markdown import as_markdown
from retriever.exporters.references import (
    Reference,
    escaped_for_line,
    reference_line,
    reference_of,
)


def quote_forms(quote: Mapping[str, object]) -> dict[str, str]:
    """Return a quote with its reference in each form that can be pasted, by the form's name.

    :raises QuestionError: when it is no quote as ``Quote.to_dict()`` gives it.
    """
    reference = reference_of(quote)
    return {
        "Plain text": _as_plain(reference),
        "Markdown": as_markdown(reference),
        "HTML": _as_html(reference),
    }


def _as_plain(reference: Reference) -> str:
    """Return the quote and, below it, who says so and where."""
    title = f"“{reference.title}”" if reference.title else None
    return f"“{reference.text}”\n— {reference_line(reference, title, reference.url)}"


def _as_html(reference: Reference) -> str:
    """Return the quote as an HTML figure; its values are escaped."""
    title = f"<cite>{html.escape(reference.title)}</cite>" if reference.title else None
    address = html.escape(reference.url) if reference.url else None
    link = f'<a href="{address}">{address}</a>' if address else None
    cite = f' cite="{address}"' if address else ""
    source = reference_line(escaped_for_line(reference, html.escape), title, link)
    words = html.escape(reference.text).replace("\n", "<br>\n")
    return (
        f"<figure><blockquote{cite}><p>“{words}”</p></blockquote>"
        f"<figcaption>— {source}</figcaption></figure>"
    )
