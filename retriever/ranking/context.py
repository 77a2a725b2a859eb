"""Sentences of the candidates, read once, together with what stands around them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retriever.index.generation import Generation
from retriever.query.formulation import Query
from retriever.ranking.candidates import Candidates, as_share
from retriever.records.arrays import BoolVector, FloatMatrix, FloatVector, RowNumbers


@dataclass(frozen=True, slots=True, kw_only=True)
class SentencesInContext:
    """What features are measured on: ``m`` sentences of the candidates, as they were read.

    ``texts`` and ``terms`` are the sentences'; the matrices are ``(terms of the query, m)``, 1
    where the sentence, its neighbour before or after, its passage or its title holds the term.
    ``neighbour_cosine`` is that of the nearer neighbour, the sentence's own without one;
    ``title_cosine`` is the passage's where the article has no title; so is ``topic_cosine``, with
    the whole conversation, 0 where there is none. ``article_words`` is BM25 of the article as a
    share of its bound. ``published`` are the dates of the articles. All by sentence, as are
    ``passage_cosine`` and ``passage_words``.
    """

    query: Query
    texts: Sequence[str]
    terms: Sequence[Sequence[str]]
    here: FloatMatrix
    before: FloatMatrix
    after: FloatMatrix
    in_passage: FloatMatrix
    in_title: FloatMatrix
    cosine: FloatVector
    passage_cosine: FloatVector
    neighbour_cosine: FloatVector
    title_cosine: FloatVector
    topic_cosine: FloatVector
    passage_words: FloatVector
    article_words: FloatVector
    published: Sequence[str | None]


def read_in_context(
    query: Query, candidates: Candidates, generation: Generation
) -> SentencesInContext:
    """Read the sentences of the candidates and what surrounds them; each sentence is read once."""
    rows, owners = candidates.sentences, candidates.owners
    needed = _with_neighbours(rows, len(generation.sentences))
    texts = [generation.sentence_text(row) for row in needed.tolist()]
    terms = [query.read(text) for text in texts]
    held = presence(query, terms)
    cosine = generation.sentences.cosines(query.vector, needed)
    own = np.searchsorted(needed, rows)
    before, has_before = _neighbour(needed, rows, -1, generation)
    after, has_after = _neighbour(needed, rows, 1, generation)
    in_passage = np.zeros((len(candidates.rows), len(query.terms)), dtype=np.float32)
    np.maximum.at(in_passage, owners, held[:, own].T)
    articles = generation.store.passage_article[candidates.rows]
    titles = [generation.store.article_at(row).title or "" for row in articles.tolist()]
    titled = np.array(titles) != ""
    title_cosine = generation.titles.cosines(query.vector, articles)
    in_articles = generation.article_lexical.scores(*query.searched)
    article_words = as_share(in_articles, query, generation.article_lexical)
    published = [generation.store.origins[row].published for row in articles.tolist()]
    return SentencesInContext(
        query=query,
        texts=[texts[n] for n in own],
        terms=[terms[n] for n in own],
        here=held[:, own],
        before=held[:, before] * has_before,
        after=held[:, after] * has_after,
        in_passage=in_passage[owners].T,
        in_title=presence(query, [query.read(text) for text in titles])[:, owners],
        cosine=candidates.sentence_cosine,
        passage_cosine=candidates.cosine[owners],
        neighbour_cosine=np.maximum(
            np.where(has_before, cosine[before], np.where(has_after, np.float32(-1), cosine[own])),
            np.where(has_after, cosine[after], np.float32(-1)),
        ),
        title_cosine=np.where(titled, title_cosine, candidates.cosine)[owners],
        topic_cosine=_topic_cosine(query, candidates, articles, titled, generation)[owners],
        passage_words=candidates.words[owners],
        article_words=article_words[articles][owners],
        published=[published[owner] for owner in owners.tolist()],
    )


def _topic_cosine(
    query: Query,
    candidates: Candidates,
    articles: RowNumbers,
    titled: BoolVector,
    generation: Generation,
) -> FloatVector:
    """Return how near the title of each candidate is to the whole conversation."""
    if query.whole_vector is None:
        return np.zeros_like(candidates.cosine)
    by_title = generation.titles.cosines(query.whole_vector, articles)
    by_passage = generation.vectors.cosines(query.whole_vector, candidates.rows)
    return np.where(titled, by_title, by_passage)


def presence(query: Query, texts: Sequence[Sequence[str]]) -> FloatMatrix:
    """Return 1 where a text holds a term of the question, ``(terms, len(texts))``."""
    place = {term: n for n, term in enumerate(query.terms)}
    held = np.zeros((len(place), len(texts)), dtype=np.float32)
    for column, text in enumerate(texts):
        for term in place.keys() & set(text):
            held[place[term], column] = 1
    return held


def _with_neighbours(rows: RowNumbers, count: int) -> RowNumbers:
    """Return the rows and those before and after each, ascending, each once."""
    beside = (rows, np.maximum(rows - 1, 0), np.minimum(rows + 1, count - 1))
    return np.unique(np.concatenate(beside))


def _neighbour(
    needed: RowNumbers, rows: RowNumbers, step: int, generation: Generation
) -> tuple[RowNumbers, BoolVector]:
    """Return where in ``needed`` each row's neighbour is, and whether it is in the same article."""
    beside = np.clip(rows + step, 0, len(generation.sentences) - 1)
    article = generation.store.passage_article
    own = article[generation.sentences.passages(rows)]
    same = (article[generation.sentences.passages(beside)] == own) & (beside != rows)
    return np.searchsorted(needed, beside), same
