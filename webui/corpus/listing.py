"""The corpus tab's list: which entries, in which order, and which page of them."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from webui.corpus.catalogue import REMARKED, Catalogue, CatalogueEntry

PER_PAGE = 50
_LONGEST = 200

# What a list can be sorted by; what is not known comes last, whichever way round it is.
_KEYS: Mapping[str, Callable[[CatalogueEntry], Any]] = MappingProxyType(
    {
        "path": lambda entry: entry.path.casefold(),
        "title": lambda entry: (entry.title or entry.path).casefold(),
        "publisher": lambda entry: (entry.publisher or "").casefold() or None,
        "published": lambda entry: entry.published,
        "characters": lambda entry: entry.characters or None,
        "state": lambda entry: entry.state,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """What to list: entries that hold ``text`` anywhere, of one publisher, in one state.

    Empty lets all through. ``page`` counts from 1.
    """

    text: str = ""
    publisher: str = ""
    state: str = ""
    sort: str = "path"
    falling: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of the list; ``found`` counts all pages' entries, ``first`` the first's number."""

    rows: tuple[CatalogueEntry, ...]
    request: ListRequest
    found: int
    first: int
    pages: int


def read_list_request(value: object) -> ListRequest:
    """Return what a browser asks for; what makes no sense is left at its default."""
    given = value if isinstance(value, Mapping) else {}

    def words(name: str) -> str:
        text = given.get(name)
        return text[:_LONGEST] if isinstance(text, str) else ""

    page = given.get("page")
    return ListRequest(
        text=words("text"),
        publisher=words("publisher"),
        state=words("state"),
        sort=words("sort") if words("sort") in _KEYS else "path",
        falling=given.get("falling") is True,
        page=page if isinstance(page, int) and page > 0 else 1,
    )


def list_page(catalogue: Catalogue, request: ListRequest) -> ListPage:
    """Return the page of the list that is asked for, else the last; ties as in the corpus."""
    found = [entry for entry in catalogue.entries if _passes(entry, request)]
    key = _KEYS[request.sort]
    known = sorted(
        (entry for entry in found if key(entry) is not None), key=key, reverse=request.falling
    )
    unknown = [entry for entry in found if key(entry) is None]
    pages = max(1, math.ceil(len(found) / PER_PAGE))
    first = (min(request.page, pages) - 1) * PER_PAGE
    return ListPage(
        rows=tuple([*known, *unknown][first : first + PER_PAGE]),
        request=request,
        found=len(found),
        first=first + 1,
        pages=pages,
    )


def _passes(entry: CatalogueEntry, request: ListRequest) -> bool:
    known = (entry.name, entry.path, entry.author, entry.publisher, entry.reason, *entry.warnings)
    return (
        request.publisher in {"", entry.publisher}
        and request.state in {"", entry.state, REMARKED if entry.warnings else ""}
        and request.text.casefold() in "\n".join(filter(None, known)).casefold()
    )
