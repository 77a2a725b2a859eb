"""Scored sentences → quotes: the fewest whole sentences that carry it, no two that say the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

import numpy as np

from retriever.answer.answering_words import answering_words
from retriever.answer.contradictions import difference
from retriever.answer.sentence_context import Neighbourhood, Sentence, sentence_at, speaker_in
from retriever.index.generation import Generation
from retriever.query.analysis import Analysis, AnswerType
from retriever.ranking.features import FULL
from retriever.ranking.scoring import ScoredSentences
from retriever.ranking.searcher import Retrieved
from retriever.records import Quote, Span
from retriever.text.similarity import likeness, similar

MOST_QUOTES = 3
# How near a further quote must come to the best one's strength, by what was asked for: a date is
# answered by one sentence, "what did analysts say" by several. NAME was set on squad2 and clapnq;
# on realtimeqa, 1.25 for times and amounts shows fewer quotes that miss (precision +.02) and
# loses 1 answer in 100.
NEAR_THE_BEST: Mapping[AnswerType, float] = {
    AnswerType.TIME: 1.25 / FULL,
    AnswerType.AMOUNT: 1.25 / FULL,
    AnswerType.NAME: 2.25 / FULL,
    AnswerType.ANYTHING: 2.25 / FULL,
    AnswerType.STATEMENT: 3.0 / FULL,
}
# A sentence that shares this part of the words of the shorter one with a quote of its own article
# adds nothing to it.
NOTHING_NEW = 0.6
# Another article's sentence with this part of all words in common (Jaccard similarity) tells what a
# quote tells. Where one article alone is quoted it is shown beside it, however it scored: it may
# contradict. On realtimeqa half of those hold the evidence, as many as of the other quotes.
A_VERSION = 1 / 3
# A reader sets sentences further apart, so that with one the others may lie this much further
# behind: of 1, 1.3, 1.5, 2 and 3, and for neighbours 1, 2 and 3, the pair at which no set quotes
# less evidence than without a reader (squad2, realtimeqa). Where
# several said something, it points at one of them first, and the others are wanted too.
FURTHER = 1.3
FURTHER_STATEMENTS = 1.8
FURTHER_BESIDE = 2.0
# Logits above "no answer here" from which on the words that a reader points at are marked. Whether
# a sentence answers is decided by all that speaks for it; its words are left unmarked where the
# reader sees none at all. From 0 on, squad2 has .67 of its answers marked (overlap F1 .51 over
# all), from -2 on .86 (.62), from -6 on .99 (.67).
SURE_OF_WORDS = -6.0
# Sentences looked at, from the best down.
CONSIDERED = 60

Words = frozenset[str]


def select(found: Retrieved, generation: Generation) -> list[Quote]:
    """Return at most :data:`MOST_QUOTES` quotes, best first, ties by place in the index.

    A quote is a sentence, with a neighbour where it needs one. A text that other articles print
    too is shown once and names them in ``also_in``; one that tells it differently is not hidden,
    and where one article alone is quoted, another's version is looked for to stand beside it. No
    two quotes overlap. What somebody said is told article by article, in the order of the text.
    """
    kind = found.query.analysis.answer_type
    ranked = [*_by_strength(found.scored, generation)]
    read = found.scored.reading is not None
    nearby = Neighbourhood(ranked, generation, reach=FURTHER_BESIDE if read else 1.0)
    farthest = NEAR_THE_BEST[kind] * (_further(kind) if read else 1.0)
    selected = _Selected(asked=found.query.analysis)
    for sentence in ranked:
        if selected.quotes and _is_far(sentence, ranked[0], farthest):
            break
        if selected.notes_as_twin(sentence) or sentence.row in selected.rows:
            continue
        if len(selected.quotes) < MOST_QUOTES:
            run = nearby.with_neighbour(sentence, quoted=selected.rows)
            # What somebody said is not joined to a neighbour that is not theirs.
            apart = kind is AnswerType.STATEMENT and speaker_in([sentence]) and not speaker_in(run)
            selected.add(sentence, [sentence] if apart else run)
    for sentence in ranked:
        if sentence.held < ranked[0].held or len(selected.quotes) == MOST_QUOTES:
            break
        if selected.is_second_version(sentence):
            selected.add(sentence, [sentence])
    return _by_article(selected.quotes) if kind is AnswerType.STATEMENT else selected.quotes


@dataclass(slots=True, kw_only=True)
class _Selected:
    """The quotes so far, the words of each one's sentences, and the rows of all of them."""

    asked: Analysis
    quotes: list[Quote] = field(default_factory=list)
    said: list[tuple[Words, ...]] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)

    def add(self, best: Sentence, run: Sequence[Sentence]) -> None:
        """Add a quote of sentences that follow each other, for the ``best`` among them."""
        quote = Quote(
            article=best.article,
            start=run[0].span.start,
            end=run[-1].span.end,
            score=min(1.0, max(0.0, best.score)),
        )
        self.quotes.append(replace(quote, answering=_answering(best, quote)))
        self.said.append(tuple(part.words for part in run))
        self.rows |= {part.row for part in run}

    def notes_as_twin(self, sentence: Sentence) -> bool:
        """Tell whether a quote says the same already; it then names the sentence's article."""
        for place, (quote, said) in enumerate(zip(self.quotes, self.said, strict=True)):
            if quote.article.id == sentence.article.id:
                if _adds_nothing(sentence.words, said):
                    return True
            elif self._prints(sentence, quote, said):
                self.quotes[place] = _printed_too(quote, sentence)
                return True
        return False

    def is_second_version(self, sentence: Sentence) -> bool:
        """Tell whether the only article quoted is told by this one in words of its own."""
        known = {name for quote in self.quotes for name in (quote.article.id, *quote.also_in)}
        return (
            len(known) == 1
            and sentence.article.id not in known
            and any(likeness(words, sentence.words) >= A_VERSION for words in chain(*self.said))
        )

    def _prints(self, sentence: Sentence, quote: Quote, said: Sequence[Words]) -> bool:
        """Tell whether another article's sentence is one of the quote's.

        Sharing most of its words is not enough: "dropped its support" may stand in the place of
        "thrown its support behind". Nor does another date, number or name say the same.
        """
        return any(similar(words, sentence.words) for words in said) and not difference(
            quote.text, sentence.text, self.asked
        )


def _by_strength(scored: ScoredSentences, generation: Generation) -> Iterator[Sentence]:
    """Yield the best sentences, those with what is sought first, then by falling strength."""
    order = np.lexsort((scored.rows, -scored.scores, -scored.held))
    for place in order[:CONSIDERED].tolist():
        sentence = sentence_at(
            int(scored.rows[place]),
            generation,
            score=float(scored.scores[place]),
            fitting=float(scored.features["answer_type"][place]),
            held=float(scored.held[place]),
        )
        if sentence:
            reading = scored.reading
            yield replace(sentence, pointed_at=reading.pointed_at(place)) if reading else sentence


def _further(kind: AnswerType) -> float:
    return FURTHER_STATEMENTS if kind is AnswerType.STATEMENT else FURTHER


def _is_far(sentence: Sentence, best: Sentence, farthest: float) -> bool:
    return sentence.held < best.held or sentence.score < best.score - farthest


def _answering(best: Sentence, quote: Quote) -> Span | None:
    """Return the words of the best sentence that answer, if a reader is sure enough of them."""
    pointed = best.pointed_at
    if pointed is None:
        return None
    return answering_words(
        best.article.text,
        quote=quote.span,
        pointed_at=pointed.span,
        score=pointed.score,
        least=SURE_OF_WORDS,
    )


def _adds_nothing(words: Words, said: Sequence[Words]) -> bool:
    """Tell whether an article that was quoted says in these words little that it had not said."""
    quoted = frozenset().union(*said)
    return len(words & quoted) >= NOTHING_NEW * max(1, min(len(words), len(quoted)))


def _printed_too(quote: Quote, sentence: Sentence) -> Quote:
    article_id = sentence.article.id
    if article_id in quote.also_in:
        return quote
    return replace(quote, also_in=(*quote.also_in, article_id))


def _by_article(quotes: list[Quote]) -> list[Quote]:
    """Return the quotes article by article, the best one's first, each in the order of its text."""
    order = list(dict.fromkeys(quote.article.id for quote in quotes))
    return sorted(quotes, key=lambda quote: (order.index(quote.article.id), quote.start))
