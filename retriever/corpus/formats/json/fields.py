"""The fields of a record, by the names that people and programs give them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from retriever.corpus.article.composing import About, assemble, compose, one_line
from retriever.corpus.article.dates import StatedDate, stated_moment
from retriever.corpus.article.names import people_in
from retriever.corpus.article.truncation import without_cut_mark
from retriever.corpus.formats.markup.fragments import looks_like_markup, paragraphs_of_markup
from retriever.errors import UnreadableError
from retriever.records import Article

Record = Mapping[str, object]

# Asked in this order. The names are those of schema.org, IPTC ninjs, JSON Feed, NewsAPI, the
# interfaces of the Guardian, the New York Times and WordPress, and of common data sets.
_TEXT = (
    "text articleBody article_body body_text bodyText content_text full_text fulltext maintext"
    " body content article_text story article body_html bodyHtml body_xhtml content_html html"
).split()
_ID = "id _id guid uuid uri @id".split()
_TITLE = "title headline name webTitle".split()
_URL = (
    "url link canonical canonical_url canonicalUrl permalink webUrl web_url source_url"
    " mainEntityOfPage external_url source uri"
).split()
_PUBLISHED = (
    "published published_at publishedAt published_date publication_date publicationDate"
    " date_published datePublished publish_date publishDate date_publish pub_date pubDate"
    " webPublicationDate firstpublished firstcreated issued versioncreated date date_gmt timestamp"
).split()
_UPDATED = (
    "updated updated_at updatedAt date_modified dateModified modified modified_gmt date_modify"
    " last_modified lastModified versioncreated"
).split()
_AUTHOR = "author authors byline creator creators dc:creator by".split()
_PUBLISHER = (
    "publisher source site site_name siteName provider outlet publication newspaper source_domain"
).split()
_LANGUAGE = "language lang inLanguage locale".split()
_WORDS_IN = "rendered name #text text value _ main kicker $oid @value".split()

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def article_of_record(record: object, *, path: str, place: str) -> Article:
    """Return the article that a record holds; ``place`` is its id if the record has none.

    Plain text is stored as it stands, character by character; markup becomes its paragraphs. That a
    text is cut off is warned of; the mark that says so is no text, but in the field ``text``.

    :raises UnreadableError: when it is no object, or has no text.
    """
    if not isinstance(record, dict):
        raise UnreadableError("is not a JSON object with the fields of an article")
    field, stored = _field_with_text(record)
    text, cut = without_cut_mark(stored)
    text = stored if field == "text" else text
    about = about_record(record, source="record field")
    about = replace(about, warnings=(*about.warnings, cut)) if cut else about
    stated = _first_words(record, _ID) or place
    if looks_like_markup(text) and field != "text":
        paragraphs = paragraphs_of_markup(text)
        return compose(paragraphs, about, path=path, article_id=stated)
    return assemble(text, about, path=path, article_id=stated)


def has_text(record: object) -> bool:
    """Return whether something is a record that holds the text of an article."""
    return isinstance(record, dict) and any(_text_of(record.get(name)) for name in _TEXT)


def writable(text: str) -> str:
    """Return the text with lone surrogates, one for one, as U+FFFD.

    JSON can spell them, but they are no characters and cannot be written as UTF-8: no store, page
    or terminal could show the text. One for one, every other offset stays what it was.
    """
    return _LONE_SURROGATES.sub("\ufffd", text)


def _field_with_text(record: Record) -> tuple[str, str]:
    """Return the field that holds the text, and the text."""
    for name in _TEXT:
        text = _text_of(record.get(name))
        if text and text.strip():
            return name, writable(text)
    blank = next((name for name in _TEXT if isinstance(record.get(name), str)), None)
    message = f'has an empty field "{blank}"' if blank else 'has no field "text" that holds text'
    raise UnreadableError(message)


def _text_of(value: object) -> str | None:
    return _words_of_field(value) if isinstance(value, str | dict) else None


def about_record(record: Record, *, source: str) -> About:
    """Return what a record states beside the text; ``source`` says what its fields are called."""
    published, first_warning = _first_date(record, _PUBLISHED, source)
    updated, second_warning = _first_date(record, _UPDATED, source)
    return About(
        title=_first_words(record, _TITLE),
        authors=tuple(dict.fromkeys(_names_of_authors(record))),
        publisher=_name_of_publisher(record),
        published=published,
        updated=updated if updated and updated.source != getattr(published, "source", "") else None,
        url=next(filter(_ADDRESS.fullmatch, _all_words(record, _URL)), None),
        language=_first_words(record, _LANGUAGE),
        warnings=tuple(warning for warning in (first_warning, second_warning) if warning),
    )


def _first_date(record: Record, names: list[str], source: str) -> StatedDate:
    """Return the first of the dates that can be read, and what was wrong with one before it."""
    wrong = None
    for name in names:
        stated = _words_of_field(record.get(name))
        if not stated:
            continue
        found, warning = stated_moment(stated, source=f"{source} {name}")
        if found:
            return found, wrong
        wrong = wrong or warning
    return None, wrong


def _names_of_authors(record: Record) -> Iterator[str]:
    for name in _AUTHOR:
        value = record.get(name)
        for one in value if isinstance(value, list) else [value]:
            words = _words_of_field(one) if isinstance(one, str | dict) else None
            if words:
                yield from people_in(writable(words))
        if value:
            return


def _name_of_publisher(record: Record) -> str | None:
    stated = _first_words(record, _PUBLISHER)
    if stated and _ADDRESS.fullmatch(stated):
        return urlsplit(stated).hostname
    return stated


def _first_words(record: Record, names: list[str]) -> str | None:
    return next(_all_words(record, names), None)


def _all_words(record: Record, names: list[str]) -> Iterator[str]:
    """Yield what the fields of these names hold, on one line each."""
    for name in names:
        stated = _words_of_field(record.get(name))
        words = one_line(writable(stated)) if stated else None
        if words:
            yield words


def _words_of_field(value: object, *, depth: int = 0) -> str | None:
    """Return a field's words; a number is written out and of an object the telling field taken."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, dict) and depth < 2:
        found = (_words_of_field(value.get(name), depth=depth + 1) for name in _WORDS_IN)
        return next((words for words in found if words), None)
    return None
