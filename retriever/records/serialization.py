"""Records as JSON holds them: in the index's store, and on their way from the reading process.

What comes back may be anything, so every value is compared with what its field declares.
"""

from collections.abc import Mapping
from dataclasses import asdict
from dataclasses import fields as fields_declared
from typing import Any

import msgspec

from retriever.records.articles import Article


def fields_of(article: Article) -> dict[str, Any]:
    """Return all that is kept of an article, as values that JSON can hold."""
    return asdict(article)


def article_of(fields: Mapping[str, Any]) -> Article:
    """Return the article with these fields.

    :raises ValueError: where they make none, naming the first that is of another kind, or unknown.
    """
    if unknown := fields.keys() - _FIELDS:
        raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
    return msgspec.convert(fields, Article)


_FIELDS = frozenset(field.name for field in fields_declared(Article))
