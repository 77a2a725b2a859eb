"""The corpus tab's list: what a browser asks for, and the numbered page of entries that it gets."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from retriever import Catalogue, CatalogueEntry, Filters, ListPage, ListRequest, PartialDate
from webui.corpus.phrases import dates_between
from webui.wording import STATES, language_name

PER_PAGE = 50
_LONGEST = 400
NEWEST = "published"
_SORTINGS = ("title", "author", "publisher", "published", "characters", "state", "path")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWish:
    """What a browser asks for: as :class:`ListRequest`, but by pages, which count from 1."""

    text: str = ""
    publisher: str = ""
    language: str = ""
    after: str = ""
    before: str = ""
    state: str = ""
    sort: str = NEWEST
    falling: bool = True
    page: int = 1

    @property
    def request(self) -> ListRequest:
        """The request for its page."""
        chosen = {name: getattr(self, name) or None for name in _FILTERS}
        return ListRequest(
            words=self.text,
            filters=Filters(**chosen),
            state=self.state,
            sort=f"{'-' if self.falling else ''}{self.sort}",
            offset=(self.page - 1) * PER_PAGE,
            limit=PER_PAGE,
        )


_FILTERS = ("publisher", "language", "after", "before")


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrowedBy:
    """Something that the list is narrowed by, and the names of the fields that undo it."""

    value: str
    fields: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedPage:
    """One page of the list, how many there are, and what the list is narrowed by."""

    wish: ListWish
    content: ListPage
    pages: int
    narrowed: tuple[NarrowedBy, ...]

    @property
    def rows(self) -> tuple[CatalogueEntry, ...]:
        """The entries on the page."""
        return self.content.rows

    @property
    def first(self) -> int:
        """The number of the first of them among all that were found."""
        return self.content.request.offset + 1


def read_wish(value: object) -> ListWish:
    """Return what a browser asks for; what makes no sense is left at its default."""
    given = value if isinstance(value, Mapping) else {}

    def words(name: str) -> str:
        text = given.get(name)
        return text[:_LONGEST] if isinstance(text, str) else ""

    page = given.get("page")
    sorted_by = words("sort") in _SORTINGS
    return ListWish(
        text=words("text"),
        publisher=words("publisher"),
        language=words("language"),
        after=_day(words("after")),
        before=_day(words("before")),
        state=words("state") if words("state") in STATES else "",
        sort=words("sort") if sorted_by else NEWEST,
        falling=given.get("falling") is True if sorted_by else True,
        page=page if isinstance(page, int) and 0 < page < 1 << 31 else 1,
    )


def numbered_page(catalogue: Catalogue, wish: ListWish) -> NumberedPage:
    """Return the page of the list that is asked for, else the last."""
    content = catalogue.page(wish.request)
    pages = max(1, math.ceil(content.found / PER_PAGE))
    if wish.page > pages:
        wish = replace(wish, page=pages)
        content = catalogue.page(wish.request)
    return NumberedPage(wish=wish, content=content, pages=pages, narrowed=narrowed_by(wish))


def narrowed_by(wish: ListWish) -> tuple[NarrowedBy, ...]:
    """Return what a wish narrows the list by, in the order in which it is shown."""
    told = (
        NarrowedBy(value=f"“{wish.text.strip()}”" if wish.text.strip() else "", fields="text"),
        NarrowedBy(value=dates_between(wish.after, wish.before), fields="after before"),
        NarrowedBy(value=wish.publisher, fields="publisher"),
        NarrowedBy(value=language_name(wish.language), fields="language"),
        NarrowedBy(value=STATES.get(wish.state, ""), fields="state"),
    )
    return tuple(one for one in told if one.value)


def _day(value: str) -> str:
    """Return an ISO date, else nothing."""
    try:
        return PartialDate.parse(value).isoformat()
    except ValueError:
        return ""
