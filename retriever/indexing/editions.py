"""Putting articles together that are one text: reprints under one origin, versions under one title.

What two texts are to each other is known by now (:mod:`retriever.text.reprinting`). What else says
that two articles are one and the same, printed again by whoever printed it before, is in what is
known about them: one address, or one publisher and one title within a few days.
"""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from retriever.errors import IndexDamagedError
from retriever.index.store import Identity, Store
from retriever.records import PartialDate
from retriever.records.arrays import BoolVector, ClusterTable, IntTable, RowNumbers
from retriever.text.reprinting import Relation
from retriever.text.terms import words

# Days within which an article of one publisher and title is the same one, edited: "Stocks close
# higher" is another one every week.
DAYS = 3
_UNDATED = np.iinfo(np.int64).max
# What an address has behind it that tells only where a reader came from.
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|cmpid|ref|src)=[^&]*&?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """What is known about articles, a number a thing: equal ones are equal, 0 is nothing known.

    ``address`` is the address without what does not matter, ``stated`` the id that its file gives,
    ``heading`` publisher and title. ``published`` and ``edited`` are days in their order, the
    latest of all for none; ``length`` counts characters.
    """

    address: RowNumbers
    stated: RowNumbers
    heading: RowNumbers
    publisher: RowNumbers
    published: RowNumbers
    edited: RowNumbers
    length: RowNumbers

    @classmethod
    def of(cls, store: Store) -> "Identities":
        """Read what a store knows about its articles.

        :raises IndexDamagedError: when that is nothing that an article can state.
        """
        try:
            rows = (_row_of(identity) for identity in store.identities())
            table = np.fromiter(rows, dtype=(np.int64, 7)).reshape(-1, 7)
        except (AttributeError, TypeError, ValueError) as error:
            raise IndexDamagedError(f"what an article states cannot be read ({error})") from error
        names = ("address", "stated", "heading", "publisher", "published", "edited", "length")
        return cls(**dict(zip(names, table.T, strict=True)))

    def pairs(self) -> IntTable:
        """Return pairs of rows that may be versions of one article: each with the one before."""
        columns = (self.address, self.stated, self.heading)
        return np.concatenate([_neighbours(column, self.edited) for column in columns])

    def are_versions(self, one: RowNumbers, other: RowNumbers, found: RowNumbers) -> BoolVector:
        """Tell of pairs of rows, whose texts are ``found`` to be this, whether they are versions.

        Two addresses are two articles, unless the texts are the same.
        """
        at_one_place = _both(self.address, one, other) | _both(self.stated, one, other)
        apart = (self.address[one] != 0) & (self.address[other] != 0)
        days = np.abs(self.published[one] - self.published[other])
        titled = _both(self.heading, one, other) & (days <= DAYS) & ~apart
        edited = (found == Relation.EDITED) | (found == Relation.SAME)
        edited |= (days == 0) & (found >= Relation.RECOUNTED)
        versions: BoolVector = (at_one_place & (found >= Relation.RELATED)) | (titled & edited)
        return versions

    def printed_again(self, clusters: RowNumbers) -> IntTable:
        """Return pairs of rows of a cluster that one publisher has: other versions of one article.

        At another address and another time it is an article of its own, which reuses the first.
        """
        both = np.stack([clusters, self.publisher])
        column = (np.unique(both, axis=1, return_inverse=True)[1].ravel() + 1) * (
            self.publisher != 0
        )
        pairs = _neighbours(column, self.edited)
        one, other = pairs.T
        days = np.abs(self.published[one] - self.published[other])
        moved = (self.address[one] != 0) & (self.address[other] != 0)
        moved &= self.address[one] != self.address[other]
        found: IntTable = pairs[~moved | (days <= DAYS)]
        return found

    def are_reprints(self, one: RowNumbers, other: RowNumbers, found: RowNumbers) -> BoolVector:
        """Tell of such pairs whether the one prints the other.

        A brief that is alike is printed again on the day, or elsewhere in the days after; what the
        same publisher has on the next day in the same frame is the next day's report.
        """
        days = np.abs(self.published[one] - self.published[other])
        undated = (self.published[one] == _UNDATED) | (self.published[other] == _UNDATED)
        elsewhere = (days <= DAYS) & ~_both(self.publisher, one, other)
        close = undated | (days == 0) | elsewhere
        reprints: BoolVector = (found == Relation.SAME) | ((found == Relation.ALIKE) & close)
        return reprints


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedTexts:
    """What was found of texts: of equal ones, and of pairs that were compared.

    ``first`` is the first row with each row's text, and ``again`` what texts equal to it are to
    each other; ``pairs`` are of such rows, in their order, and ``found`` what these are.
    """

    first: RowNumbers
    again: RowNumbers
    pairs: IntTable
    found: RowNumbers


def clusters_of(known: Identities, texts: ComparedTexts) -> ClusterTable:
    """Return the table of :data:`retriever.index.clusters.CLUSTERS`."""
    count = len(texts.first)
    one, other, found = _related(known, texts)
    versions = known.are_versions(one, other, found)
    joined = versions | known.are_reprints(one, other, found)
    clusters = _components(one[joined], other[joined], count)
    again = known.printed_again(clusters)
    editions = _components(
        np.append(one[versions], again[:, 0]), np.append(other[versions], again[:, 1]), count
    )
    table = np.zeros((count, 3), dtype=np.int32)
    table[:, 1], table[:, 2] = _versions(known, editions)
    table[:, 0] = _origins(known, clusters, np.flatnonzero(table[:, 2] == 0))
    return table


def _related(
    known: Identities, compared: ComparedTexts
) -> tuple[RowNumbers, RowNumbers, RowNumbers]:
    """Return pairs of articles, and what the texts of each pair are to each other.

    Every text that was compared stands for the first article that has it; the others that have it
    are paired with that one. What may be a version of another article is paired with it besides.
    """
    first, pairs = compared.first, compared.pairs
    again = np.flatnonzero(first != np.arange(len(first)))
    own = known.pairs()
    texts = np.sort(first[own], axis=1)
    codes = pairs @ [len(first), 1]
    places = np.searchsorted(codes, texts @ [len(first), 1])
    apart = texts[:, 0] != texts[:, 1]
    found = compared.again[texts[:, 0]]
    found[apart] = compared.found[places[apart]]
    return (
        np.concatenate([pairs[:, 0], first[again], own[:, 0]]),
        np.concatenate([pairs[:, 1], again, own[:, 1]]),
        np.concatenate([compared.found, compared.again[again], found]),
    )


def _versions(known: Identities, editions: RowNumbers) -> tuple[RowNumbers, RowNumbers]:
    """Return for each row that of the oldest version of its article, and which version it is.

    The oldest was published first, then edited first, then comes first in the corpus.
    """
    rows = np.arange(len(editions))
    order = np.lexsort((rows, known.edited, known.published, editions))
    begins = np.flatnonzero(np.append(True, np.diff(editions[order]) != 0)[: len(rows)])
    begin = np.repeat(begins, np.diff(np.append(begins, len(rows))))
    oldest, version = np.empty_like(rows), np.empty_like(rows)
    oldest[order], version[order] = order[begin], rows - begin
    return oldest, version


def _origins(known: Identities, clusters: RowNumbers, oldest: RowNumbers) -> RowNumbers:
    """Return for each row the one of its cluster that was published first.

    Only the oldest versions can be. Of those of one day it is the longest, which was not cut.
    """
    order = np.lexsort((oldest, -known.length[oldest], known.published[oldest]))
    own, place = np.unique(clusters[oldest[order]], return_index=True)
    found: RowNumbers = oldest[order[place]][np.searchsorted(own, clusters)]
    return found


def _components(one: RowNumbers, other: RowNumbers, count: int) -> RowNumbers:
    """Return for each row the number of those that it is joined with."""
    graph = coo_array((np.ones(len(one), dtype=bool), (one, other)), shape=(count, count))
    numbers: RowNumbers = connected_components(graph, directed=False)[1].astype(np.int64)
    return numbers


def _both(column: RowNumbers, one: RowNumbers, other: RowNumbers) -> BoolVector:
    """Tell of pairs of rows whether both have the same, and not nothing."""
    found: BoolVector = (column[one] == column[other]) & (column[one] != 0)
    return found


def _neighbours(column: RowNumbers, edited: RowNumbers) -> IntTable:
    """Return pairs of rows that have the same in a column: each with the one edited before it."""
    order = np.lexsort((np.arange(len(column)), edited, column))
    one, other = order[:-1], order[1:]
    same = _both(column, one, other)
    return np.stack([one[same], other[same]], axis=1)


def _row_of(known: Identity) -> tuple[int, ...]:
    address = _address(known.url or "")
    publisher = " ".join(words(known.publisher or "")) or address.partition("/")[0]
    title = " ".join(words(known.title or ""))
    published = _day(known.published)
    edited = _day(known.updated)
    return (
        _number(address),
        _number(known.stated_id),
        _number(f"{publisher}\n{title}" if publisher and title else ""),
        _number(publisher),
        published,
        published if edited == _UNDATED else edited,
        known.length,
    )


def _address(url: str) -> str:
    """Return an address without scheme, "www.", fragment and what tells where one came from."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # no address at all
        return ""
    query = _TRACKING.sub("", parts.query).rstrip("&")
    place = f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"
    return f"{place}?{query}" if query else place


def _day(value: str | None) -> int:
    """Return a day that orders dates, the first that a year or a month may mean."""
    return PartialDate.parse(value).first_day.toordinal() if value else _UNDATED


def _number(value: str) -> int:
    """Return 63 bits of what an article states; 0 for nothing."""
    if not value:
        return 0
    digest = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return max(1, int.from_bytes(digest, "little") >> 1)
