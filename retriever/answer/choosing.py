"""Evidence → quotes: the fewest whole sentences that carry it, each from another article."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from retriever.index.generation import Generation
from retriever.records import Article, Quote, Span
from retriever.search.retrieval import Found
from retriever.text.terms import terms

MOST_QUOTES = 3
# A further quote must come this near to the best one's score.
NEAR_THE_BEST = 0.85
# Two sentences that share this part of their words say the same (Jaccard similarity).
SAME_WORDS = 0.8
# Sentences looked at, from the best down.
CONSIDERED = 30
# A sentence that opens like this points back to the one before.
_POINTS_BACK = re.compile(r"[\"“‘'(]*(?:He|She|It|They|His|Her|Their|This|That|These|Those)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A sentence under consideration, with the sentence rows of its passage around it."""

    article: Article
    span: Span
    row: int
    score: float
    words: frozenset[str]


def choose(found: Found, generation: Generation) -> list[Quote]:
    """Return at most :data:`MOST_QUOTES` quotes, best first, no two that say the same.

    A sentence that another article prints too is shown once and names the others in ``also_in``.
    A sentence that points back ("He …") brings the one before it along.
    """
    quotes: list[Quote] = []
    taken: list[_Sentence] = []
    for sentence in _best_sentences(found, generation):
        if taken and sentence.score < NEAR_THE_BEST * taken[0].score:
            break
        twin = next((n for n, other in enumerate(taken) if _same(sentence, other)), None)
        if twin is not None:
            quotes[twin] = _carried_too(quotes[twin], sentence.article.id)
        elif len(quotes) < MOST_QUOTES and not _touches(sentence, taken):
            taken.append(sentence)
            quotes.append(_quote(sentence, generation))
    return quotes


def _best_sentences(found: Found, generation: Generation) -> Iterator[_Sentence]:
    """Yield the sentences by falling score, footnote entries left out, ties by row."""
    evidence = found.evidence
    order = sorted(
        range(len(evidence.sentences)),
        key=lambda n: (-float(evidence.scores[n]), int(evidence.sentences[n])),
    )
    for n in order[:CONSIDERED]:
        row = int(evidence.sentences[n])
        article = generation.store.passage(generation.sentences.passage(row)).article
        span = generation.sentences.span(row)
        if not any(note.entry.overlap(span) for note in article.footnotes):
            yield _Sentence(
                article=article,
                span=span,
                row=row,
                score=float(evidence.scores[n]),
                words=frozenset(terms(span.of(article.text))),
            )


def _same(one: _Sentence, other: _Sentence) -> bool:
    shared, together = len(one.words & other.words), len(one.words | other.words)
    return one.article.id != other.article.id and shared >= SAME_WORDS * max(together, 1)


def _carried_too(quote: Quote, article_id: str) -> Quote:
    if article_id in quote.also_in:
        return quote
    return replace(quote, also_in=(*quote.also_in, article_id))


def _touches(sentence: _Sentence, taken: list[_Sentence]) -> bool:
    """Tell whether a quote from the same article is already taken."""
    return any(other.article.id == sentence.article.id for other in taken)


def _quote(sentence: _Sentence, generation: Generation) -> Quote:
    start = sentence.span.start
    text = sentence.article.text
    if _POINTS_BACK.match(sentence.span.of(text)) and sentence.row > 0:
        before = generation.sentences.span(sentence.row - 1)
        same_article = (
            generation.store.passage(generation.sentences.passage(sentence.row - 1)).article.id
            == sentence.article.id
        )
        if same_article and "\n" not in text[before.end : start]:
            start = before.start
    return Quote(
        article=sentence.article,
        start=start,
        end=sentence.span.end,
        score=min(1.0, max(0.0, sentence.score)),
    )
