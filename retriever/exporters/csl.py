"""Quoted articles for reference managers, as CSL-JSON.

See https://github.com/citation-style-language/schema. An article is listed once, however many of
its quotes are cited. They stand in its note, and with their places in ``custom.quotes``, so that
nothing is lost.
"""

from collections.abc import Sequence
from datetime import date

from retriever.exporters.references import Reference
from retriever.exporters.saved import Conversation, ExportFormat, json_text, note_of


def write_csl(conversation: Conversation) -> str:
    """Return an item for each article, in order of its first quote."""
    return json_text(
        [_csl_item(cited, conversation.accessed) for cited in conversation.quotes_by_article()]
    )


CSL = ExportFormat(
    name="csl",
    label="CSL-JSON",
    ending="csl.json",
    media_type="application/vnd.citationstyles.csl+json",
    write=write_csl,
)


def _csl_item(cited: Sequence[Reference], accessed: date) -> dict[str, object]:
    first = cited[0]
    published = first.date
    item: dict[str, object] = {"id": first.article, "type": "article-newspaper"}
    item |= {"title": first.title} if first.title else {}
    item |= {"author": [{"literal": first.author}]} if first.author else {}
    item |= {"container-title": first.publisher} if first.publisher else {}
    if published:
        parts = (published.year, published.month, published.day)
        item["issued"] = {"date-parts": [[part for part in parts if part]]}
    if first.url:
        item["URL"] = first.url
        item["accessed"] = {"date-parts": [[accessed.year, accessed.month, accessed.day]]}
    item["note"] = note_of(cited)
    item["custom"] = {
        "path": first.path,
        "sha256": first.sha256,
        "quotes": [
            {"exact": quote.text, "start": quote.start, "end": quote.end} for quote in cited
        ],
    }
    return item
