"""The authors and publishers that an index has, and where a question names one of them."""

import re
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Literal

from retriever.index.origins import Origins
from retriever.index.store import Store
from retriever.records import Span
from retriever.text.terms import WORD, words

SourceField = Literal["publisher", "author"]
_Ways = Callable[[str], Iterator[tuple[str, ...]]]

# What parts the names of a byline, and what stands before the first of them.
_BETWEEN_NAMES = re.compile(r"\s*[;,/|&]\s*|\s+(?:and|with|for)\s+")
_BY = re.compile(r"^\s*by:?\s+", re.IGNORECASE)
_DOMAIN_ENDS = frozenset({"com", "org", "net", "co", "uk", "news"})
# The last words of bylines that name nobody.
_NO_SURNAMES = frozenset(
    "agencies agency business bureau contributor correspondent desk editor editorial editors"
    " network news newsroom online post press report reporter reporters service staff team times"
    " today tribune writer writers".split()
)
# Words that are names only with a capital: "last week's news" is not of The Week.
_ORDINARY = frozenset(
    "day fortune month nation nature people record science time today week world year".split()
)
_KIND = re.compile(r"\s+(?:magazine|newspaper|website)\b", re.IGNORECASE)  # "TIME magazine"
_POSSESSIVE = re.compile(r"['’]s?$")
_LONGEST_NAME = 8  # words; a longer byline is a sentence
_SHORTEST_SURNAME = 4  # letters; "articles by Li" says too little


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSource:
    """A publisher or an author of the index, named in a question.

    ``value`` is what a filter on ``field`` takes; ``span`` is where the question has the name, with
    the article before it.
    """

    field: SourceField
    value: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNames:
    """The ways to write the names of all sources, in folded words → the filter of each."""

    written: dict[tuple[str, ...], tuple[SourceField, str]]
    longest: int

    def named_in(self, question: str) -> Iterator[NamedSource]:
        """Yield the sources that a question names, in its order, each as long as it stands there.

        A name of one word that is typed in small letters only counts where the question has no
        capital at all, or after "the": "from time to time" is not from TIME.
        """
        found = [*WORD.finditer(question)]
        folded = [words(match.group())[0] for match in found]
        place = 0
        while place < len(found):
            taken = self._longest_at(folded, place)
            if taken:
                field, value = self.written[tuple(folded[place : place + taken])]
                end = found[place + taken - 1]
                stop = end.start() + len(_POSSESSIVE.sub("", end.group()))
                after_the = place > 0 and folded[place - 1] == "the"
                name = question[found[place].start() : stop]
                if field == "publisher" and (kind := _KIND.match(question, stop)):
                    stop = kind.end()
                if _typed_as_name(name, question, after_the=after_the):
                    start = found[place - after_the].start()
                    yield NamedSource(field=field, value=value, span=Span(start=start, end=stop))
            place += max(taken, 1)

    def _longest_at(self, folded: list[str], place: int) -> int:
        """Return how many words the longest name has that begins at ``place``; 0 without one."""
        most = min(self.longest, len(folded) - place)
        lengths = range(most, 0, -1)
        return next((n for n in lengths if tuple(folded[place : place + n]) in self.written), 0)


_known: weakref.WeakKeyDictionary[Store, SourceNames] = weakref.WeakKeyDictionary()


def source_names(store: Store) -> SourceNames:
    """Return the names of the sources in a store; they are put together once for each store."""
    names = _known.get(store)
    if names is None:
        names = _known[store] = names_of(store.origins)
    return names


def names_of(origins: Origins) -> SourceNames:
    """Return the ways to write the publishers and authors of some articles.

    A publisher goes without "The" and as a domain ("cnn.com" is CNN), an author without initials
    and as the surname alone. Where two share a way, the one with more articles has it, a publisher
    before an author.
    """
    written: dict[tuple[str, ...], tuple[SourceField, str]] = {}
    publishers = Counter({name: n for name, n in origins.counts("publisher").items() if name})
    authors: Counter[str] = Counter()
    for byline, articles in origins.counts("author").items():
        authors.update(dict.fromkeys(byline_names(byline), articles))
    # The whole names of all come before the short ways to write any.
    publisher_ways: tuple[_Ways, ...] = (_whole, _short_publisher)
    for ways, (publisher, _) in product(publisher_ways, publishers.most_common()):
        for way in ways(publisher):
            written.setdefault(way, ("publisher", publisher))
    author_ways: tuple[_Ways, ...] = (_whole, _short_author)
    for ways, (author, _) in product(author_ways, authors.most_common()):
        for way in ways(author):
            value = author if len(way) > 1 else author.split()[-1]
            written.setdefault(way, ("author", value))
    return SourceNames(written=written, longest=max(map(len, written), default=0))


def byline_names(author: str) -> tuple[str, ...]:
    """Return the names that a byline holds, as they stand; "Jane Doe, CNN" gives both."""
    parts = (part.strip() for part in _BETWEEN_NAMES.split(_BY.sub("", author)))
    return tuple(dict.fromkeys(part for part in parts if words(part)))


def _whole(name: str) -> Iterator[tuple[str, ...]]:
    key = tuple(words(name))
    if 0 < len(key) <= _LONGEST_NAME:
        yield key


def _short_publisher(publisher: str) -> Iterator[tuple[str, ...]]:
    """Yield a publisher without "The", a domain without its ends, and a name as a domain."""
    key = tuple(words(publisher))
    bare = key[1:] if key[:1] == ("the",) else key
    if "." in publisher:
        bare = bare[1:] if bare[:1] == ("www",) else bare
        while len(bare) > 1 and bare[-1] in _DOMAIN_ENDS:
            bare = bare[:-1]
    if bare and len("".join(bare)) > 1:
        yield bare
        yield ("".join(bare), "com")
        yield ("".join(key), "com")


def _short_author(author: str) -> Iterator[tuple[str, ...]]:
    """Yield a person without middle initials, and by the surname."""
    key = tuple(words(author))
    if not 2 <= len(key) <= _LONGEST_NAME:
        return
    yield tuple(word for word in key if len(word) > 1)
    surname = key[-1]
    if len(surname) >= _SHORTEST_SURNAME and surname.isalpha() and surname not in _NO_SURNAMES:
        yield key[-1:]


def _typed_as_name(name: str, question: str, *, after_the: bool) -> bool:
    capital = any(char.isupper() for char in name)
    found = words(name)
    if capital or len(found) > 1:
        return True
    return found[0] not in _ORDINARY and (after_the or question.islower())
