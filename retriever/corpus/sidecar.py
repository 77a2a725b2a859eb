"""Metadata that an article's own file does not carry, in a file beside it.

``NAME.meta.toml`` belongs to ``NAME``, for example ``storm.txt.meta.toml`` to ``storm.txt``::

    title = "Storm closes the harbour"
    author = "Jane Doe"
    publisher = "The Example"
    published = 2023-06-25
    url = "https://news.example/storm"
    language = "en"

Every key may be left out; one that is given overrides what the article's file says. ``published``
is a date, or text: ``"2023"``, ``"2023-06"``, ``"2023-06-25"``. A file that holds many articles
can be given ``publisher`` and ``language`` only: the rest is each article's own.
"""

import datetime
import tomllib
from collections.abc import Sequence
from dataclasses import replace

from retriever.corpus.article.composing import About
from retriever.corpus.article.dates import parse_published
from retriever.corpus.source import SourceFile, is_passing
from retriever.records import Article, Failure

LARGEST_SIDECAR = 65_536  # bytes
_KEYS = ("title", "author", "publisher", "published", "url", "language")
_MANY_ARTICLES = ("language", "publisher")


def read_sidecar(source: SourceFile, *, one_article: bool) -> About | Failure:
    """Return what the source's sidecar states, nothing where there is none.

    ``one_article`` tells that the source holds one and no more, so that all of it is about that.
    A sidecar that cannot be read, or states what a sidecar cannot, gives a failure naming it.
    """
    if source.sidecar is None:
        return About()
    try:
        with source.open_sidecar() as stream:
            data = stream.read(LARGEST_SIDECAR + 1)
        if len(data) > LARGEST_SIDECAR:
            return _sidecar_failure(source, f"is larger than {LARGEST_SIDECAR:,} bytes")
        stated = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        failure = _sidecar_failure(source, f"cannot be read: {error.strerror}")
        return replace(failure, passing=is_passing(error))
    except (ValueError, RecursionError) as error:  # of numbers with thousands of digits, too
        return _sidecar_failure(source, f"is not valid TOML: {str(error)[:200]}")
    problem = _problem_with(stated, _KEYS if one_article else _MANY_ARTICLES)
    return _sidecar_failure(source, problem) if problem else _about_in(stated)


def apply(sidecar: About, article: Article) -> Article:
    """Return the article with what the sidecar states in place of what its file says."""
    return replace(
        article,
        title=sidecar.title or article.title,
        author=", ".join(sidecar.authors) or article.author,
        authors=sidecar.authors or article.authors,
        publisher=sidecar.publisher or article.publisher,
        published=sidecar.published or article.published,
        url=sidecar.url or article.url,
        language=sidecar.language or article.language,
    )


def _problem_with(stated: dict[str, object], allowed: Sequence[str]) -> str | None:
    """Return what is stated and cannot be; ``allowed`` are the keys that may be."""
    for key, value in stated.items():
        if key not in allowed:
            return f"has the key {key[:80]!r}; known here are {', '.join(allowed)}"
        if key == "published":
            if parse_published(_date_text(value), source="sidecar") is None:
                return f"has a date that cannot be: published = {_written(value)[:80]!r}"
        elif not isinstance(value, str) or not value.strip():
            return f"has no text for {key}: {_written(value)[:80]!r}"
    return None


def _about_in(stated: dict[str, object]) -> About:
    texts = {key: str(value).strip() for key, value in stated.items()}
    return About(
        title=texts.get("title"),
        authors=(texts["author"],) if "author" in texts else (),
        publisher=texts.get("publisher"),
        published=parse_published(_date_text(stated.get("published")), source="sidecar"),
        url=texts.get("url"),
        language=texts.get("language"),
    )


def _date_text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else _written(value or "")


def _written(value: object) -> str:
    """Return a value as text; Python writes no number of thousands of digits."""
    try:
        return str(value)
    except ValueError:
        return "a number of more digits than are read"


def _sidecar_failure(source: SourceFile, reason: str) -> Failure:
    return Failure(path=f"{source.path}.meta.toml", reason=reason)
