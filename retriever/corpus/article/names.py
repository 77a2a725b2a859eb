"""Titles and the names of people, as bylines and the properties of documents state them."""

import re
from dataclasses import replace

from retriever.corpus.article.composing import About, one_line
from retriever.corpus.article.dates import stated_moment

_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r"\s*;\s*|,?\s+(?:and|&)\s+")
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint) - .*|untitled.*|(?:word )?document ?\d*|title|slide \d+"
    r"|layout \d+|print(?:ing)?|about:blank"
    r"|\S+\.(?:docx?|odt|rtf|indd|qxp|qxd|tex|dvi|ps|pdf|html?|txt|md)|https?://\S+|[\d\W_]*)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:python-docx|microsoft office user|windows user|user|admin(?:istrator)?|owner|author"
    r"|unknown|anonymous|\(?unspecified\)?|calibre.*|office|home|pc|root|[\d\W_]*)",
    re.IGNORECASE,
)


def people_in(stated: str) -> tuple[str, ...]:
    """Return the people that a byline names: parted by "and", "&" or semicolons, never by commas.

    A comma may stand inside a name ("Doe, Jane") or before what the person is.
    """
    names = (_BY.sub("", name, count=1) for name in _BETWEEN_NAMES.split(stated.strip()))
    return tuple(name for name in (one_line(name.strip("[]")) for name in names) if name)


def real_title(stated: str | None) -> str | None:
    """Return a title that a person gave, ``None`` for a file name or a program's own."""
    title = one_line(stated)
    return None if not title or _NO_TITLE.fullmatch(title) else title


def real_authors(stated: str | None) -> tuple[str, ...]:
    """Return the people that are named, without the names that programs give to anyone."""
    return tuple(name for name in people_in(stated or "") if not _NOBODY.fullmatch(name))


def completed(about: About, *, author: str | None, made: str | None, source: str) -> About:
    """Return what is known, completed from the author and the day of making in a file's properties.

    That day is taken where no other is stated, and a warning says so; ``source`` names its field.
    """
    about = replace(about, authors=about.authors or real_authors(author))
    if about.published or not made:
        return about
    published, warning = stated_moment(made, source=source)
    warning = warning or "dated by when its file was made, which may not be when it was published"
    return replace(about, published=published, warnings=(*about.warnings, warning))
