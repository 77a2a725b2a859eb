"""When a saved page was published and updated, and which of its fields says so."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from urllib.parse import urlsplit

import htmldate
from lxml import etree
from lxml.html import HtmlElement

from retriever.corpus.article.dates import check_published, parse_published
from retriever.corpus.formats.webpage.furniture import is_beside, is_of_others
from retriever.corpus.formats.webpage.jsonld import ArticleData
from retriever.records import Published

# It reports what it could not find; that no date is shown says the same.
logging.getLogger("htmldate").addHandler(logging.NullHandler())

_PUBLISHED_METAS = (
    "article:published_time article:published og:published_time og:article:published_time"
    " datepublished publishdate publish-date publish_date published_time published-date pubdate"
    " pub_date pdate date.issued dc.date.issued dcterms.issued dcterms.created dc.date.created"
    " dc.created dcterms.date dc.date citation_publication_date citation_date citation_online_date"
    " parsely-pub-date sailthru.date article.published article_date_original rbpubdate"
    " originalpublicationdate cxenseparse:recs:publishtime bt:pubdate date"
).split()
_UPDATED_METAS = (
    "article:modified_time article:modified og:updated_time datemodified dcterms.modified"
    " dc.date.modified lastmod last-modified revised article:updated_time"
).split()
_YEAR = r"(?<!\d)((?:19|20)\d\d)"
_IN_ADDRESS = (
    re.compile(rf"{_YEAR}/(\d{{1,2}})(?:/(\d{{1,2}}))?(?=/|$)"),
    re.compile(rf"{_YEAR}-(\d\d)-(\d\d)(?!\d)"),
    re.compile(rf"{_YEAR}([01]\d)([0-3]\d)(?!\d)"),
)
_NAMED = re.compile(r"\b(?:entry-date|published|pubdate|date-published|post-date|dt-published)\b")
_UNIVERSAL = re.compile(r"[T\s]\d\d?:\d\d.*(?:Z|\+00:?00|UTC|GMT)$", re.IGNORECASE)
_ONE_DAY = timedelta(days=1)
_LONGEST = 100  # code points of a field that states a date
GUESSED = "text of the page"
"""The source of a date that no field states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDates:
    """The dates of a page, and what it states that cannot be true."""

    published: Published | None = None
    updated: Published | None = None
    warnings: tuple[str, ...] = ()


def find_dates(
    root: HtmlElement, metas: Mapping[str, list[str]], data: ArticleData, *, url: str | None
) -> PageDates:
    """Return when the article was published and updated, each from the most telling field.

    JSON-LD comes before ``<meta>``, these before marks in the text, and the address comes last.
    Where they contradict each other, a warning says so.
    """
    warnings: list[str] = []
    head = _fields_of_head(data.published, "json-ld datePublished", metas, _PUBLISHED_METAS)
    stated = [*_dates_in_fields(head, warnings, url)]
    if not stated:  # what is marked in the text may be of another article, and contradicts nothing
        stated = [*islice(_dates_in_fields(_fields_of_text(root), warnings, url), 1)]
    stated += filter(None, [_in_address(url)])
    published = next(iter(stated), None)
    head = _fields_of_head(data.updated, "json-ld dateModified", metas, _UPDATED_METAS)
    updated = next(_dates_in_fields(head, [], url), None)
    if updated and published and updated.date < published.date:
        updated = None
    wrong = (*warnings, *contradictions(stated))
    return PageDates(published=published, updated=updated, warnings=tuple(dict.fromkeys(wrong)))


def contradictions(stated: Sequence[Published]) -> Iterator[str]:
    """Yield a warning if a date is more than a day from the first, as another zone's may be."""
    for other in stated[1:]:
        first, second = stated[0].date, other.date
        later = max(first.first_day, second.first_day)
        if later > min(first.last_day, second.last_day) + _ONE_DAY:
            dates = (f"{one.value} ({one.source})" for one in (stated[0], other))
            yield f"the page states two dates: {' and '.join(dates)}"
            return


def _dates_in_fields(
    fields: Iterable[tuple[str, str]], warnings: list[str], url: str | None
) -> Iterator[Published]:
    """Yield the dates among name and content of fields; what is wrong goes to warnings."""
    for source, stated in fields:
        published, warning = check_published(stated, source=source)
        if warning:
            warnings.append(warning)
        if published:
            yield _day_there(published, stated[:_LONGEST], url)


def _fields_of_head(
    stated: str, source: str, metas: Mapping[str, list[str]], names: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield what JSON-LD states, called ``source``, and then the ``<meta>`` of these names."""
    yield source, stated
    for name in names:
        for content in metas.get(name, []):
            yield f"meta {name}", content


def _fields_of_text(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield what is marked in the text as the publication date, in its order."""
    for element in root.iter("time", "abbr", "span", "div", "p"):
        if any(map(is_of_others, (element, *element.iterancestors()))):
            continue
        stated = element.get("datetime") or element.get("content") or element.get("title") or ""
        if "datepublished" in element.get("itemprop", "").lower() or "pubdate" in element.attrib:
            yield "itemprop datePublished", stated or element.text_content()
        elif element.tag in {"time", "abbr"} and _NAMED.search(element.get("class", "").lower()):
            yield f"{element.tag} published", stated or element.text_content()


def _day_there(published: Published, stated: str, url: str | None) -> Published:
    """Return the date of the place: late evening there is the next day already in UTC.

    Only the address can tell, where it has a day of its own beside that of the stated moment.
    """
    there = _in_address(url)
    if not there or there.precision != "day" or not _UNIVERSAL.search(stated.strip()):
        return published
    apart = published.date.first_day - there.date.first_day
    if abs(apart.days) != 1:
        return published
    source = f"{published.source}, day of the address"
    return Published(value=there.value, precision="day", source=source)


def _in_address(url: str | None) -> Published | None:
    """Return the date in an address such as ``/2023/06/25/``, ``/2023/06/`` or ``/20230625/``."""
    path = urlsplit(url).path if url else ""
    for pattern in _IN_ADDRESS:
        if match := pattern.search(path):
            stated = "-".join(part.zfill(2) for part in match.groups() if part)
            published, _ = check_published(stated, source="address")
            if published:
                return published
    return None


def guess_published(root: HtmlElement, *, end: HtmlElement | None = None) -> Published | None:
    """Return the date that htmldate reads from the text of a page without such fields, if any.

    Its wider search is left off: it dates pages that state no date. ``end`` is the element in which
    the article ends; what belongs to comments and to other articles has dates of its own.
    """
    try:
        found = htmldate.find_date(
            _without_others(root, end), extensive_search=False, original_date=True
        )
    except (ValueError, etree.LxmlError):
        return None
    return parse_published(found or "", source=GUESSED)


def _without_others(root: HtmlElement, end: HtmlElement | None) -> HtmlElement:
    """Return a copy of the page without the parts that are of others, or stand below the end."""
    around = () if end is None else (end, *end.iterancestors())
    below = {one for part in around for after in part.itersiblings() for one in after.iter()}
    others = [
        place
        for place, element in enumerate(root.iter("*"))
        if element in below
        or (element not in around and (is_of_others(element) or is_beside(element)))
    ]
    page = deepcopy(root)
    elements = [*page.iter("*")]
    for place in others:
        if elements[place].getparent() is not None:
            elements[place].drop_tree()
    return page
