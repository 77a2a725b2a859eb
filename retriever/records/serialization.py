"""Records as JSON holds them: in the index's store, and on their way in from elsewhere.

What comes back may be anything, so every value is compared with what its field declares.
"""

from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import fields as fields_declared
from typing import Any, TypeVar

import msgspec

from retriever.records.articles import Article

_Read = TypeVar("_Read")


def read_as(value: object, kind: type[_Read]) -> _Read:
    """Return what JSON from anywhere held as ``kind``, with every value compared with its type.

    :raises ValueError: in one line, where it is none. msgspec raises three kinds of errors: nesting
        too deep is one, half a character where a number or a name is due another.
    """
    try:
        return msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError, UnicodeEncodeError) as error:
        raise ValueError(str(error).partition("\n")[0]) from error


def fields_of(article: Article) -> dict[str, Any]:
    """Return all that is kept of an article, as values that JSON can hold."""
    return asdict(article)


def article_of(fields: Mapping[str, Any]) -> Article:
    """Return the article with these fields.

    :raises ValueError: where they make none, naming the first that is of another kind, or unknown.
    """
    if unknown := fields.keys() - _FIELDS:
        raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
    return read_as(fields, Article)


_FIELDS = frozenset(field.name for field in fields_declared(Article))
