"""Quoted articles for reference managers: CSL-JSON and BibTeX.

An article is listed once, however many of its quotes are cited; the quotes stand in its note.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from retriever.exporters.references import Reference
from retriever.records.dates import MONTHS, PartialDate

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


def as_csl(references: Sequence[Reference], *, accessed: date) -> list[dict[str, object]]:
    """Return a CSL-JSON item for each article, in order of its first quote.

    See https://github.com/citation-style-language/schema. ``custom.quotes`` holds the quotes with
    their places, so that nothing is lost.
    """
    return [_item(cited, accessed) for cited in _by_article(references)]


def as_bibtex(references: Sequence[Reference], *, accessed: date) -> str:
    """Return a BibTeX entry for each article, in order of its first quote, keys unique."""
    keys: dict[str, int] = {}
    entries = []
    for cited in _by_article(references):
        key = _key(cited[0])
        keys[key] = keys.get(key, 0) + 1
        number = keys[key]
        entries.append(_entry(key if number == 1 else f"{key}-{number}", cited, accessed))
    return "\n\n".join(entries) + ("\n" if entries else "")


def _item(cited: Sequence[Reference], accessed: date) -> dict[str, object]:
    first = cited[0]
    item: dict[str, object] = {"id": first.article, "type": "article-newspaper"}
    item |= {"title": first.title} if first.title else {}
    item |= {"author": [{"literal": first.author}]} if first.author else {}
    item |= {"container-title": first.publisher} if first.publisher else {}
    item |= {"issued": {"date-parts": [_parts(first.published)]}} if first.published else {}
    if first.url:
        item["URL"] = first.url
        item["accessed"] = {"date-parts": [[accessed.year, accessed.month, accessed.day]]}
    item["note"] = _note(cited)
    item["custom"] = {
        "path": first.path,
        "sha256": first.sha256,
        "quotes": [
            {"exact": quote.text, "start": quote.start, "end": quote.end} for quote in cited
        ],
    }
    return item


def _entry(key: str, cited: Sequence[Reference], accessed: date) -> str:
    first = cited[0]
    year, month, day = (*_parts(first.published), 0, 0, 0)[:3] if first.published else (0, 0, 0)
    fields = {
        # Twice in braces: a name that is not split into names, a title whose capitals stay.
        "author": f"{{{_tex(first.author)}}}" if first.author else None,
        "title": f"{{{_tex(first.title or first.path)}}}",
        "journal": _tex(first.publisher) if first.publisher else None,
        "year": str(year) if year else None,
        "month": str(month) if month else None,
        "day": str(day) if day else None,
        "url": first.url.translate(_URL) if first.url else None,
        "urldate": accessed.isoformat() if first.url else None,
        "note": _tex(_note(cited)),
    }
    lines = [f"  {name} = {_braced(name, value)}," for name, value in fields.items() if value]
    kind = "article" if first.publisher else "misc"
    return "\n".join((f"@{kind}{{{key},", *lines, "}"))


def _braced(name: str, value: str) -> str:
    return MONTHS[int(value) - 1][:3].lower() if name == "month" else f"{{{value}}}"


def _key(first: Reference) -> str:
    """Return a key of plain letters and digits: who, when, and the start of the text's hash."""
    who = first.author or first.publisher or PurePosixPath(first.path).stem
    plain = unicodedata.normalize("NFKD", who).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    year = first.published[:4] if first.published else "undated"
    return f"{(words[-1] if words else 'article').lower()}-{year}-{first.sha256[:6] or '0'}"


def _note(cited: Sequence[Reference]) -> str:
    return " ".join(f"“{quote.text}” {quote.place}" for quote in cited)


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(_TEX)


def _parts(published: str) -> list[int]:
    """Return year, month and day as far as they are known; nothing for what is no date."""
    try:
        known = PartialDate.parse(published)
    except ValueError:
        return []
    return [part for part in (known.year, known.month, known.day) if part]


def _by_article(references: Sequence[Reference]) -> list[list[Reference]]:
    cited: dict[tuple[str, str], list[Reference]] = {}
    for reference in references:
        quotes = cited.setdefault((reference.article, reference.sha256), [])
        if reference not in quotes:
            quotes.append(reference)
    return [*cited.values()]
