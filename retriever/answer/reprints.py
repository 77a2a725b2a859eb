"""Which article of a cluster is quoted, and where else the words are printed.

What was printed first is quoted, in its newest version; a reprint or an older version only for what
it alone says, or where the others are filtered out. Nothing is hidden: a quote names them all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from retriever.answer.contradictions import difference
from retriever.answer.sentence_context import Sentence, sentence_at
from retriever.index.generation import Generation
from retriever.query.analysis import Analysis
from retriever.query.filters import allowed_rows
from retriever.records import Article, Cluster, Filters, Print, Quote, Version
from retriever.text.similarity import likeness, similar
from retriever.text.terms import WORD, fold_word, words

# Of all words of two sentences, the part in both from which on a newer version says in the one what
# an older one says in the other: "twelve died" became "fifteen died".
SAID_ANEW = 0.5
# Members of a cluster that are looked at for one sentence, the first published first.
LOOKED_AT = 50


def cluster_of(row: int, generation: Generation) -> Cluster:
    """Return the cluster of the article of a row."""
    clusters, store = generation.clusters, generation.store
    own = clusters.edition_of(row)
    others = [rows[-1] for rows in _editions(row, generation) if rows[0] != own]
    return Cluster(
        article=store.article_at(row),
        origin=store.article_at(clusters.origin_of(row)),
        reprints=tuple(map(store.article_at, others)),
        versions=tuple(map(store.article_at, clusters.versions(row))),
    )


def originals(
    ranked: Iterable[Sentence], generation: Generation, asked: Analysis
) -> Iterator[Sentence]:
    """Yield ranked sentences, each from the article of its cluster that should be quoted for it."""
    seen: set[int] = set()
    passing: frozenset[int] | None = None
    filters = asked.question.filters
    for sentence in ranked:
        row = _article_row(sentence.row, generation)
        if generation.clusters.is_alone(row):
            yield sentence
            continue
        if passing is None and filters != Filters():
            passing = _passing(generation, filters)
        preferred = _preferred(sentence, row, generation, asked, passing)
        if preferred.row not in seen:
            seen.add(preferred.row)
            yield preferred


def with_prints(quote: Quote, generation: Generation, asked: Analysis) -> Quote:
    """Return a quote with the other articles that print its words, and its article's versions."""
    row = generation.store.row_of(quote.article.id)
    if generation.clusters.is_alone(row) and not quote.also_in:
        return quote
    own, store = generation.clusters.edition_of(row), generation.store
    said = _sentences_in(quote, row, generation)
    found: dict[str, Article] = {}
    for rows in _editions(row, generation):
        printing = (one for one in rows[::-1] if _prints(one, quote, said, generation, asked))
        if rows[0] != own and (newest := next(printing, None)) is not None:
            article = store.article_at(newest)
            found[article.id] = article
    same_text = {store.article_at(one).id for one in generation.clusters.members(row)}
    for other in quote.also_in:
        if other not in same_text:
            found[other] = store.article(other)
    prints = sorted(map(Print.of, found.values()), key=lambda one: one.published or "9999")
    return replace(
        quote,
        also_in=tuple(one.id for one in prints),
        prints=tuple(prints),
        versions=tuple(_versions(quote, row, generation)),
    )


def _versions(quote: Quote, row: int, generation: Generation) -> Iterator[Version]:
    """Yield the other versions of the quoted article, the oldest first."""
    said = _folded(quote.text)
    number = generation.clusters.version_of(row)
    for place, other in enumerate(generation.clusters.versions(row)):
        if other == row:
            continue
        article = generation.store.article_at(other)
        edited = article.updated or article.published
        yield Version(
            id=article.id,
            title=article.title,
            dated=edited.value if edited else None,
            later=place > number,
            same_words=said in _folded(article.text),
        )


def _sentences_in(quote: Quote, row: int, generation: Generation) -> list[str]:
    """Return the sentences of a quote."""
    rows = _sentence_rows(row, generation)
    return [
        generation.sentence_text(one)
        for one in rows
        if generation.sentences.span(one).is_part_of(quote.span)
    ]


def _prints(
    row: int, quote: Quote, said: Sequence[str], generation: Generation, asked: Analysis
) -> bool:
    """Tell whether a reprint has a quote: to the letter, or in another house's style."""
    if quote.text in generation.store.article_at(row).text:
        return True
    printed = [generation.sentence_text(one) for one in _sentence_rows(row, generation)]
    return all(any(_says_the_same(own, other, asked) for other in printed) for own in said)


def _says_the_same(one: str, other: str, asked: Analysis) -> bool:
    """Tell whether two sentences are one: a changed figure, name or verb is another statement."""
    own, others = words(one), words(other)
    if own == others:
        return True
    if not similar(frozenset(own), frozenset(others)):
        return False
    figures = _telling(one), _telling(other)
    swapped = figures[0] - figures[1] and figures[1] - figures[0]
    return not swapped and difference(one, other, asked) is None


def _telling(sentence: str) -> frozenset[str]:
    """Return the figures of a sentence, and its words with a capital but the first."""
    written = WORD.findall(sentence)
    return frozenset(
        fold_word(word)
        for place, word in enumerate(written)
        if word[0].isdigit() or (place and word[0].isupper())
    )


def _folded(text: str) -> str:
    return f" {' '.join(words(text))} "


def _editions(row: int, generation: Generation) -> list[list[int]]:
    """Return the articles of a cluster, each as the rows of its versions, the oldest first.

    The first published stands first, undated ones last.
    """
    clusters, origins = generation.clusters, generation.store.origins
    found: dict[int, list[int]] = {}
    for member in clusters.members(row):
        found.setdefault(clusters.edition_of(member), []).append(member)
    first = clusters.origin_of(row)
    return sorted(
        (sorted(rows, key=clusters.version_of) for rows in found.values()),
        key=lambda rows: (rows[0] != first, origins[rows[0]].published or "9999", rows[0]),
    )


def _preferred(
    sentence: Sentence,
    row: int,
    generation: Generation,
    asked: Analysis,
    passing: frozenset[int] | None,
) -> Sentence:
    """Return the sentence as the article that should be quoted has it, or as it is."""
    own = generation.clusters.edition_of(row)
    for rows in _editions(row, generation)[:LOOKED_AT]:
        allowed = [one for one in rows if passing is None or one in passing]
        if not allowed or allowed[-1] == row:
            if rows[0] == own:
                return sentence
            continue
        same = rows[0] == own
        if found := _counterpart(sentence, allowed[-1], generation, asked, anew=same):
            return found
        if same:
            return sentence  # the newest version does not say it any more
    return sentence


def _counterpart(
    sentence: Sentence, article: int, generation: Generation, asked: Analysis, *, anew: bool
) -> Sentence | None:
    """Return the sentence of an article that is the same, or if ``anew`` the one most like it."""
    said = frozenset(words(sentence.text))
    rows = _sentence_rows(article, generation)
    texts = [generation.sentence_text(row) for row in rows]
    alike = [likeness(frozenset(words(text)), said) for text in texts]
    order = sorted(range(len(rows)), key=lambda place: (-alike[place], place))
    for place in order:
        if alike[place] < SAID_ANEW:
            break
        if anew or _says_the_same(sentence.text, texts[place], asked):
            return _in_place_of(sentence, rows[place], generation)
    return None


def _in_place_of(sentence: Sentence, row: int, generation: Generation) -> Sentence | None:
    """Return the sentence of a row with what was found of another, if it is one to be quoted."""
    found = sentence_at(
        row, generation, score=sentence.score, fitting=sentence.fitting, held=sentence.held
    )
    pointed = sentence.pointed_at
    if found is None or pointed is None or found.text != sentence.text:
        return found
    moved = pointed.span.moved(found.span.start - sentence.span.start)
    return replace(found, pointed_at=replace(pointed, span=moved))


def _sentence_rows(article: int, generation: Generation) -> Sequence[int]:
    passages = np.array(generation.store.passage_rows(article), dtype=np.int64)
    found: list[int] = generation.sentences.rows_of(passages)[0].tolist()
    return found


def _article_row(sentence: int, generation: Generation) -> int:
    return int(generation.store.passage_article[generation.sentences.passage(sentence)])


def _passing(generation: Generation, filters: Filters) -> frozenset[int]:
    """Return the rows of the articles that pass the filters."""
    rows = allowed_rows(generation.store, filters)
    passages = np.arange(len(generation.store)) if rows is None else rows
    return frozenset(generation.store.passage_article[passages].tolist())
