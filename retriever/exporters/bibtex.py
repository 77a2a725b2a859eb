"""Quoted articles for reference managers, as BibTeX.

An article is listed once, however many of its quotes are cited; the quotes stand in its note.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from retriever.exporters.references import Reference
from retriever.exporters.saved import Conversation, ExportFormat, note_of
from retriever.records.dates import MONTHS

# BibTeX counts braces even behind a backslash, so none may stay one. Letters stay as they are:
# biber and today's BibTeX read UTF-8.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{mark: f"\\{mark}" for mark in "$&%#_"},
    }
)
_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", "^": "%5E"})


def write_bibtex(conversation: Conversation) -> str:
    """Return an entry for each article, in order of its first quote, keys unique."""
    keys: Counter[str] = Counter()
    entries = []
    for cited in conversation.quotes_by_article():
        key = _citation_key(cited[0])
        keys[key] += 1
        unique = key if keys[key] == 1 else f"{key}-{keys[key]}"
        entries.append(_bibtex_entry(unique, cited, conversation.accessed))
    return "\n\n".join(entries) + ("\n" if entries else "")


BIBTEX = ExportFormat(
    name="bibtex",
    label="BibTeX",
    ending="bib",
    media_type="application/x-bibtex",
    write=write_bibtex,
)


def _bibtex_entry(key: str, cited: Sequence[Reference], accessed: date) -> str:
    first, published = cited[0], cited[0].date
    month = published.month if published else None
    fields = {
        # Twice in braces: a name that is not split into names, a title whose capitals stay.
        "author": f"{{{{{_escaped_for_tex(first.author)}}}}}" if first.author else None,
        "title": f"{{{{{_escaped_for_tex(first.title or first.path)}}}}}",
        "journal": f"{{{_escaped_for_tex(first.publisher)}}}" if first.publisher else None,
        "year": f"{{{published.year}}}" if published else None,
        "month": MONTHS[month - 1][:3].lower() if month else None,
        "day": f"{{{published.day}}}" if published and published.day else None,
        "url": f"{{{first.url.translate(_URL)}}}" if first.url else None,
        "urldate": f"{{{accessed.isoformat()}}}" if first.url else None,
        "note": f"{{{_escaped_for_tex(note_of(cited))}}}",
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    kind = "article" if first.publisher else "misc"
    return "\n".join((f"@{kind}{{{key},", *lines, "}"))


def _citation_key(first: Reference) -> str:
    """Return a key of plain letters and digits: who, when, and the start of the text's hash."""
    who = first.author or first.publisher or PurePosixPath(first.path).stem
    plain = unicodedata.normalize("NFKD", who).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    year = f"{first.date.year:04}" if first.date else "undated"
    return f"{(words[-1] if words else 'article').lower()}-{year}-{first.sha256[:6] or '0'}"


def _escaped_for_tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)
