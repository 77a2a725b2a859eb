"""The people that a byline names."""

import re

from retriever.corpus.article.composing import one_line

_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*;\s*|,?\s+(?:and|&)\s+")


def names_in(stated: str) -> tuple[str, ...]:
    """Return the people that a byline names: parted by "and", "&" or semicolons, never by commas.

    A comma may stand inside a name ("Doe, Jane") or before what the person is.
    """
    names = (_BY.sub("", name, count=1) for name in _BETWEEN_NAMES.split(stated.strip()))
    return tuple(name for name in (one_line(name.strip("[]")) for name in names) if name)
