"""Evidence → quotes: the fewest whole sentences that carry it, no two that say the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from retriever.index.generation import Generation
from retriever.records import Article, Quote, Span
from retriever.search.echoes import similar
from retriever.search.retrieval import Found
from retriever.search.signals import FULL
from retriever.text.terms import terms

MOST_QUOTES = 3
# A further quote must come this near to the best one's strength, and a sentence beside a quoted
# one this near to it to be quoted along with it. Set on squad2 and clapnq (tests/benchmarks).
NEAR_THE_BEST = 2.25 / FULL
NEAR_ITS_NEIGHBOUR = 4.0 / FULL
# A sentence that shares this part of the words of the shorter one with a quote adds nothing to it.
NOTHING_NEW = 0.6
# Sentences looked at, from the best down.
CONSIDERED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A sentence under consideration; ``row`` is its number in the index."""

    row: int
    article: Article
    span: Span
    score: float
    words: frozenset[str]


def choose(found: Found, generation: Generation) -> list[Quote]:
    """Return at most :data:`MOST_QUOTES` quotes, best first, ties by place in the index.

    A quote is a sentence, with the better of its neighbours where that speaks for the question
    nearly as much. A text that other articles print too is shown once and names them in
    ``also_in``.
    """
    ranked = list(_by_strength(found, generation))
    scores = {sentence.row: sentence for sentence in ranked}
    quotes: list[Quote] = []
    said: list[frozenset[str]] = []
    for sentence in ranked:
        if quotes and sentence.score < ranked[0].score - NEAR_THE_BEST:
            break
        twin = next(
            (n for n, words in enumerate(said) if _adds_nothing(sentence.words, words)), None
        )
        if twin is not None:
            quotes[twin] = _printed_too(quotes[twin], sentence)
        elif len(quotes) < MOST_QUOTES:
            run = _with_neighbour(sentence, scores)
            quotes.append(_quote(run, sentence.score))
            said.append(frozenset().union(*(part.words for part in run)))
    return quotes


def _by_strength(found: Found, generation: Generation) -> Iterator[_Sentence]:
    """Yield the best sentences by falling strength, without headings and footnote entries."""
    evidence = found.evidence
    order = sorted(
        range(len(evidence.sentences)),
        key=lambda n: (-float(evidence.scores[n]), int(evidence.sentences[n])),
    )
    for n in order[:CONSIDERED]:
        row = int(evidence.sentences[n])
        article = generation.store.passage(generation.sentences.passage(row)).article
        span = generation.sentences.span(row)
        apart = (*article.headings, *(note.entry for note in article.footnotes))
        if not any(other.overlap(span) for other in apart):
            yield _Sentence(
                row=row,
                article=article,
                span=span,
                score=float(evidence.scores[n]),
                words=frozenset(terms(span.of(article.text))),
            )


def _adds_nothing(words: frozenset[str], said: frozenset[str]) -> bool:
    return len(words & said) >= NOTHING_NEW * max(1, min(len(words), len(said)))


def _printed_too(quote: Quote, sentence: _Sentence) -> Quote:
    """Return the quote, naming the sentence's article if it prints the same words."""
    article_id = sentence.article.id
    if article_id == quote.article.id or article_id in quote.also_in:
        return quote
    if not similar(frozenset(terms(quote.text)), sentence.words):
        return quote
    return replace(quote, also_in=(*quote.also_in, article_id))


def _with_neighbour(sentence: _Sentence, scored: dict[int, _Sentence]) -> list[_Sentence]:
    """Return the sentence, or it and its better neighbour in the order of the text."""
    beside = [scored.get(sentence.row + step) for step in (-1, 1)]
    near = [
        other
        for other in beside
        if other
        and other.article.id == sentence.article.id
        and other.score >= sentence.score - NEAR_ITS_NEIGHBOUR
    ]
    best = max(near, key=lambda other: (other.score, -other.row), default=None)
    return sorted([sentence, best] if best else [sentence], key=lambda part: part.row)


def _quote(run: list[_Sentence], score: float) -> Quote:
    return Quote(
        article=run[0].article,
        start=run[0].span.start,
        end=run[-1].span.end,
        score=min(1.0, max(0.0, score)),
    )
