"""What a list shows of articles: read from the store a few at a time, none of them kept whole."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

# Articles read at once: others wait for the store meanwhile, so it is a matter of milliseconds.
_AT_ONCE = 200
# Characters of the beginning of a text: what an article without a title is known by.
OPENING = 400

_QUERY = """
SELECT row, id, body, publisher, published, json_extract(record, '$.path'),
    json_extract(record, '$.title'), json_extract(record, '$.author'),
    json_extract(record, '$.language'), json_extract(record, '$.warnings')
FROM article WHERE source = ? AND row > ? ORDER BY row LIMIT ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An article without its text: of that only the beginning, its characters and its bytes."""

    row: int
    id: str
    path: str
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    language: str | None
    warnings: tuple[str, ...]
    opening: str
    characters: int
    bytes: int


def read_outlines(rows: Callable[..., list[Any]], source: str) -> Iterator[Outline]:
    """Yield the articles of a source file in order; ``rows`` gives the rows of a query.

    :raises ValueError: when one of them is not as a build writes it.
    """
    last, full = -1, True
    while full:
        found = rows(_QUERY, source, last, _AT_ONCE)
        for values in found:
            yield _outline(values)
        full = len(found) == _AT_ONCE
        last = found[-1][0] if found else last


def _outline(values: Sequence[object]) -> Outline:
    row, article_id, body, publisher, published, path, title, author, language, warnings = values
    if not isinstance(row, int):
        raise ValueError(f"{row!r:.40} where a number belongs")  # noqa: TRY004 - as other damage
    text = _text(body)
    stated = json.loads(warnings) if isinstance(warnings, str) else []
    return Outline(
        row=row,
        id=_text(article_id),
        path=_text(path),
        title=_text_or_none(title),
        author=_text_or_none(author),
        publisher=_text_or_none(publisher),
        published=_text_or_none(published),
        language=_text_or_none(language),
        warnings=tuple(map(_text, stated)),
        opening=text[:OPENING],
        characters=len(text),
        bytes=len(text) if text.isascii() else len(text.encode()),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r:.40} where words belong")  # noqa: TRY004 - as other damage
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)
