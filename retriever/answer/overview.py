"""Answers to questions about the articles themselves: how each begins, and who stands in them.

What is quoted is the first sentence of an article, or, where that says nothing of the topic, the
one that says most of it; beside the quotes come headlines, or names with the number of their
articles. All articles are counted, and those of a topic are found by its words; people are looked
for in the newest :data:`MOST_READ`, which takes some 5 s.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from retriever.answer.answering import AS_ASKED, stands
from retriever.answer.openings import opening_of, sentence_naming, sentence_with
from retriever.answer.speakers import speaker_of
from retriever.index.generation import Generation
from retriever.index.lexical import LexicalIndex
from retriever.index.origins import Origin
from retriever.query.analysis import analyse
from retriever.query.corpus_questions import CorpusQuestion
from retriever.query.filters import allowed_rows
from retriever.query.formulation import Query, formulate
from retriever.query.question import Question
from retriever.query.source_names import byline_names
from retriever.ranking.searcher import Searcher
from retriever.records import Answer, Article, Listed, Listing, ListingKind, Outcome, Quote, Span
from retriever.records.arrays import BoolVector, RowNumbers
from retriever.text.people import people_named
from retriever.text.similarity import similar
from retriever.text.terms import words

MOST_QUOTES = 6
ENOUGH = 3
EARLY = 1_000
MOST_LISTED = 40
MOST_READ = 2_000
# A name that fewer of the articles with it treat as a person's is a place's or a company's.
TREATED_AS_PERSON = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question about the articles, those that it is about, and its topic as a query.

    ``rows`` are article rows: the newest first if the latest was asked, else those that tell most
    of the topic first; without a topic in the order of the corpus.
    """

    asks: CorpusQuestion
    question: Question
    generation: Generation
    rows: RowNumbers
    topic: Query | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quotable:
    """A sentence to quote."""

    article: Article
    span: Span


def overview(asks: CorpusQuestion, question: Question, searcher: Searcher) -> Answer | None:
    """Return the answer to a question about the articles themselves.

    Its ``search_text`` is the topic, empty where there is none.
    ``None`` where no article tells of its topic, or none passes the filters of the question.
    """
    if asks.kind is ListingKind.MENTIONS:
        from retriever.answer.mentioned import mentioned  # noqa: PLC0415  # others start sooner

        return mentioned(asks.topic, question, searcher.generation)
    asked = _articles_asked_of(asks, question, searcher)
    if not len(asked.rows):
        return None
    listing, places = _LISTS[asks.kind](asked)
    quotes = [*_quotes(places, asked.generation)]
    topic = asked.topic
    if topic and not quotes:
        return None
    return Answer(
        question=question.text,
        search_text=topic.spelt if topic else "",
        outcome=Outcome.ANSWERED if quotes else Outcome.NOT_FOUND,
        confidence=AS_ASKED if quotes else 0.0,
        coverage=asked.generation.coverage,
        quotes=tuple(quotes),
        respelt=topic.respelt if topic else {},
        filters=question.filters,
        listing=listing,
    )


def _articles_asked_of(asks: CorpusQuestion, question: Question, searcher: Searcher) -> _Asked:
    generation = searcher.generation
    allowed = allowed_rows(generation.store, question.filters)
    among = np.arange(generation.store.count_articles())
    if allowed is not None:
        owners = generation.store.passage_article[allowed]  # ascending
        among = owners[np.diff(owners, prepend=-1) > 0]
    topic = None
    if asks.topic:
        named = replace(question, text=asks.topic, history=())
        topic = formulate(analyse(named), generation, searcher.encoder)
        among = _about(topic, among, generation, latest=asks.latest)
    if asks.latest:
        among = generation.store.origins.newest_first(among)
    return _Asked(asks=asks, question=question, generation=generation, rows=among, topic=topic)


def _about(topic: Query, among: RowNumbers, generation: Generation, *, latest: bool) -> RowNumbers:
    """Return the articles that hold every word of a topic, those that tell most of it first.

    An article that has all of them in its title or first passage tells more than any other; where
    there are enough of these, the others are no news of it.
    """
    index, first = generation.article_lexical, _first_passages(generation)
    found = among if topic.terms else among[:0]
    for term in topic.terms:
        found = found[_holding(term, topic, index, len(first))[found]]
    begins = np.ones(len(found), dtype=bool)
    for term in topic.terms:
        holding = _holding(term, topic, generation.lexical, len(generation.store))
        begins &= holding[first[found]]
    if latest and np.count_nonzero(begins) >= ENOUGH:
        found, begins = found[begins], begins[begins]
    scores = index.scores(*topic.searched)[found]
    most: RowNumbers = found[np.lexsort((found, -scores, ~begins))]
    return most


def _holding(term: str, topic: Query, index: LexicalIndex, count: int) -> BoolVector:
    """Tell of each row of an index whether it holds a term, or another spelling, ``(count,)``."""
    holding = np.zeros(count, dtype=bool)
    for one in (term, *(other for other, own in topic.variants.items() if own == term)):
        holding[index.rows_of(one)] = True
    return holding


def _first_passages(generation: Generation) -> RowNumbers:
    """Return the row of each article's first passage, by article row."""
    count = generation.store.count_articles()
    rows: RowNumbers = np.searchsorted(generation.store.passage_article, np.arange(count))
    return rows


def _headlines(asked: _Asked) -> tuple[Listing, Iterator[_Quotable | None]]:
    """Return the headlines of the articles, and the beginnings of some."""
    plain = not (asked.asks.topic or asked.asks.latest)
    rows = _spread(asked.rows, asked.generation) if plain else asked.rows
    store = asked.generation.store
    articles = [store.article_at(row) for row in rows[:MOST_LISTED].tolist()]
    titled = [article for article in articles if article.title]
    entries = [Listed(name=one.title or "", articles=1, article=one.id) for one in titled]
    listing = _listing(asked, entries, total=len(rows), read=len(rows))
    return listing, (_beginning(store.article_at(row), asked) for row in map(int, rows))


def _spread(rows: RowNumbers, generation: Generation) -> RowNumbers:
    """Return the rows with those first that together stand for all the others best.

    Each of the first :data:`MOST_QUOTES` is the one that brings the articles' first passages most
    nearness to one that was taken (the greedy solution of facility location).
    """
    newest = generation.store.origins.newest_first(rows)
    looked_at = newest[:MOST_READ]
    vectors = generation.vectors.take(_first_passages(generation)[looked_at])
    near = vectors @ vectors.T
    covered = np.zeros(len(looked_at), dtype=np.float32)
    taken: list[int] = []
    while len(taken) < min(MOST_QUOTES, len(looked_at)):
        gains = np.maximum(near, covered).sum(axis=1)
        gains[taken] = -1.0
        taken.append(int(np.argmax(gains)))
        covered = np.maximum(covered, near[taken[-1]])
    return np.concatenate([looked_at[taken], np.delete(newest, taken)])


def _people(asked: _Asked) -> tuple[Listing, Iterator[_Quotable | None]]:
    """Return the people that stand in most articles, and where each is named first."""
    rows = asked.generation.store.origins.newest_first(asked.rows)[:MOST_READ].tolist()
    found: Counter[str] = Counter()
    as_person: Counter[str] = Counter()
    first: dict[str, tuple[Article, Span]] = {}
    for row in rows:
        article = asked.generation.store.article_at(row)
        for person in people_named(article.text):
            found[person.name] += 1
            as_person[person.name] += person.treated_as_one
            first.setdefault(person.name, (article, person.span))
    people = [name for name, n in found.most_common() if as_person[name] >= n * TREATED_AS_PERSON]
    entries = [
        Listed(name=name, articles=found[name], article=article.id, start=span.start, end=span.end)
        for name in people[:MOST_LISTED]
        for article, span in (first[name],)
    ]
    listing = _listing(asked, entries, total=len(people), read=len(rows))
    return listing, (_naming(*first[name]) for name in people[:MOST_LISTED])


def _authors(asked: _Asked) -> tuple[Listing, Iterator[_Quotable | None]]:
    return _sources(asked, _authors_of)


def _authors_of(origin: Origin) -> Iterable[str]:
    """Yield who wrote an article; "Jane Doe, CNN" names a publisher as well."""
    names = byline_names(origin.author or "")
    return (name for name in names if words(name) != words(origin.publisher or ""))


def _publishers(asked: _Asked) -> tuple[Listing, Iterator[_Quotable | None]]:
    return _sources(asked, lambda origin: (origin.publisher,) if origin.publisher else ())


def _sources(
    asked: _Asked, names_of: Callable[[Origin], Iterable[str]]
) -> tuple[Listing, Iterator[_Quotable | None]]:
    """Return those who made most of the articles, and how the newest of each one's begins."""
    store = asked.generation.store
    found: Counter[str] = Counter()
    newest: dict[str, int] = {}
    for row, count in store.origins.alike(store.origins.newest_first(asked.rows)):
        for name in names_of(store.origins[row]):
            found[name] += count
            newest.setdefault(name, row)
    most = sorted(found, key=lambda name: -found[name])
    entries = [
        Listed(name=name, articles=found[name], article=store.article_at(newest[name]).id)
        for name in most[:MOST_LISTED]
    ]
    listing = _listing(asked, entries, total=len(most), read=len(asked.rows))
    return listing, (_beginning(store.article_at(newest[name]), asked) for name in most)


def _listing(asked: _Asked, entries: Sequence[Listed], *, total: int, read: int) -> Listing:
    return Listing(
        kind=asked.asks.kind,
        entries=tuple(entries),
        total=total,
        articles=len(asked.rows),
        read=read,
        latest=asked.asks.latest,
    )


def _beginning(article: Article, asked: _Asked) -> _Quotable | None:
    """Return how an article begins, or where it tells of the topic if its beginning does not.

    ``None`` where no sentence has all words of the topic, nor the first :data:`EARLY` characters:
    an article that has them here and there does not tell of it.
    """
    opening = opening_of(article)
    if asked.topic is None or opening is None:
        return _Quotable(article=article, span=opening) if opening else None
    topic, title = asked.topic, article.title or ""
    wanted, told = {*topic.terms}, {*topic.read(f"{title} {opening.of(article.text)}")}
    if wanted <= told:
        return _Quotable(article=article, span=opening)
    best = sentence_with(article, topic.searched[0], topic.lexicon)
    held = {*topic.read(best.of(article.text))} if best else set()
    early = {*topic.read(f"{title} {article.text[:EARLY]}")}
    if best is None or not (wanted <= held or wanted <= early):
        return None
    return _Quotable(article=article, span=opening if len(told & wanted) >= len(held) else best)


def _naming(article: Article, name: Span) -> _Quotable | None:
    span = sentence_naming(article, name)
    return _Quotable(article=article, span=span) if span else None


def _quotes(places: Iterable[_Quotable | None], generation: Generation) -> Iterator[Quote]:
    """Yield at most :data:`MOST_QUOTES` quotes, of those that say the same the first.

    Each is compared with the stored article.
    """
    said: list[frozenset[str]] = []
    for place in places:
        if len(said) == MOST_QUOTES:
            return
        if place is None:
            continue
        quote = Quote(article=place.article, start=place.span.start, end=place.span.end, score=1.0)
        own = frozenset(words(quote.text))
        if not any(similar(own, other) for other in said) and stands(quote, generation):
            said.append(own)
            yield replace(quote, speaker=speaker_of(quote))


_LISTS: dict[ListingKind, Callable[[_Asked], tuple[Listing, Iterator[_Quotable | None]]]] = {
    ListingKind.HEADLINES: _headlines,
    ListingKind.PEOPLE: _people,
    ListingKind.AUTHORS: _authors,
    ListingKind.PUBLISHERS: _publishers,
}
