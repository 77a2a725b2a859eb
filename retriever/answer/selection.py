"""Scored sentences → quotes: the fewest whole sentences that carry it, no two that say the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, pairwise

import numpy as np

from retriever.answer.contradictions import difference
from retriever.answer.quoted_passages import QuotedPassage
from retriever.answer.reprints import originals
from retriever.answer.sentence_context import (
    LONGEST_OF_A_FOLLOW_UP,
    LONGEST_WITH_NEIGHBOURS,
    MOST_BORDERS,
    Neighbourhood,
    Sentence,
    are_two_speakers,
    belong_together,
    borders_in,
    in_order,
    length_of,
    sentence_at,
    speaker_in,
)
from retriever.index.generation import Generation
from retriever.query.analysis import Analysis, AnswerType
from retriever.ranking.features import FULL
from retriever.ranking.scoring import ScoredSentences
from retriever.ranking.searcher import Retrieved
from retriever.records import Quote
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
# The third quote must come nearer, by this part: of thirds that come no nearer than seconds do, 25
# in 100 hold evidence on realtimeqa, 11 on squad2, 8 on the news of tests/quality (of seconds 46,
# 24 and 33), and they alone have the answer for 1 question in 100. Not so where several said
# something. A follow-up, of which less is known, is shown every second quote and no third (canard
# quotes .316 of its evidence and .271 of its quotes hold some; with thirds .333 and .243; mtrag
# .069 and .085, with thirds .069 and .072).
THIRD = 0.45
# Where the reader points at words of the best sentence by more logits than this above "no answer
# here", another sentence of that article is not shown as a quote of its own. From 1 to 4 precision
# rises on realtimeqa and squad2 by .01, and no set loses an answer.
SURE_OF_THE_BEST = 1.0
# A sentence that shares this part of the words of the shorter one with a quote of its own article
# adds nothing to it.
NOTHING_NEW = 0.6
# Another article's sentence with this part of all words in common (Jaccard similarity) tells what a
# quote tells. Where one article alone is quoted it is shown beside it, however it scored: it may
# contradict. On realtimeqa half of those hold the evidence, as many as of the other quotes.
A_VERSION = 1 / 3
# A reader sets sentences further apart, so that with one a sentence that goes on where a quote ends
# may lie this much further behind, and a neighbour too: of 1, 1.3, 1.5, 2 and 3, and for neighbours
# 1, 2 and 3, the pair at which no set quotes less evidence than without a reader (squad2,
# realtimeqa). Where several said something, it points at one of them first, and the others are
# wanted too.
FURTHER = 1.3
FURTHER_STATEMENTS = 1.8
FURTHER_BESIDE = 2.0
# Quotes that follow each other are one quote, if that has at most this many words; the weaker is
# left out else. At 80, .14 of the quotes on the seeds have more than 60 words and .05 of
# realtimeqa's, at 70 .10 and .04; clapnq, whose sentences are long, quotes .02 less of its evidence
# at 70, the others as much.
LONGEST_TOGETHER = 70
# How near the weaker must come where a paragraph ends between them and it leans on nothing there.
ACROSS_A_PARAGRAPH = 1.3 / FULL
# Sentences looked at, from the best down.
CONSIDERED = 60

Words = frozenset[str]


def select(found: Retrieved, generation: Generation) -> list[Quote]:
    """Return at most :data:`MOST_QUOTES` quotes, best first, ties by place in the index.

    A quote is a sentence, with those around it that it needs or that are nearly as good. What was
    printed first is quoted, in its newest version, and not its reprints. A text that other articles
    print too is shown once and names them in ``also_in``; one that tells it differently is not
    hidden, and where one article alone is quoted, another's version is looked for to stand beside
    it. No two quotes overlap, and none begins where another ends unless two people speak.
    """
    kind = found.query.analysis.answer_type
    ranked = [*originals(_by_strength(found.scored, generation), generation, found.query.analysis)]
    read = found.scored.reading is not None
    followed = found.query.analysis.question.history
    nearby = Neighbourhood(
        ranked,
        generation,
        reach=FURTHER_BESIDE if read else 1.0,
        longest=LONGEST_OF_A_FOLLOW_UP if followed else LONGEST_WITH_NEIGHBOURS,
    )
    farthest = NEAR_THE_BEST[kind] * (_further(kind) if read else 1.0)
    selected = _Selected(asked=found.query.analysis, leans=bool(found.query.carried))
    for sentence in ranked:
        if selected.passages and _is_far(sentence, ranked[0], farthest):
            break
        if not selected.notes_as_twin(sentence) and sentence.row not in selected.rows:
            selected.consider(sentence, nearby.with_what_it_needs(sentence, selected.rows))
    for sentence in ranked:
        if sentence.held < ranked[0].held or len(selected.passages) == MOST_QUOTES:
            break
        if selected.is_second_version(sentence):
            selected.add(QuotedPassage(best=sentence, run=[sentence]))
    selected.widen(nearby)
    return [passage.quote() for passage in selected.passages]


@dataclass(slots=True, kw_only=True)
class _Selected:
    """The passages so far, best first, and the rows of all their sentences.

    ``leans`` tells whether the question leans on those before it.
    """

    asked: Analysis
    leans: bool
    passages: list[QuotedPassage] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)

    def consider(self, sentence: Sentence, run: Sequence[Sentence]) -> None:
        """Join a sentence in its ``run`` to the passage that it goes on, or add it if it is good.

        Of two that follow each other and cannot be one, the weaker is left out.
        """
        passage = QuotedPassage(best=sentence, run=run)
        beside = [other for other in self.passages if self._goes_on(other, passage)]
        if not beside:
            if self._is_worth_a_quote(sentence):
                self.add(passage)
        elif len(beside) == 1 and self._are_one(beside[0], passage):
            whole = in_order([*beside[0].run, *run])
            self._put(self.passages.index(beside[0]), replace(beside[0], run=whole))

    def add(self, passage: QuotedPassage) -> None:
        """Add a passage as a quote of its own."""
        self.passages.append(passage)
        self._put(-1, passage)

    def widen(self, nearby: Neighbourhood) -> None:
        """Give each passage the neighbours that are nearly as good, the best passage first."""
        for place, passage in enumerate(self.passages):
            run = nearby.with_neighbours(passage.run, passage.best, quoted=self.rows)
            if not self._loses_speaker(passage.run, run):
                self._put(place, replace(passage, run=run))

    def _put(self, place: int, passage: QuotedPassage) -> None:
        self.passages[place] = passage
        self.rows |= {part.row for part in passage.run}

    def notes_as_twin(self, sentence: Sentence) -> bool:
        """Tell whether a passage says the same already; it then names the sentence's article."""
        for place, passage in enumerate(self.passages):
            if passage.article == sentence.article.id:
                if _adds_nothing(sentence.words, passage.said):
                    return True
            elif self._prints(sentence, passage):
                self.passages[place] = passage.printed_too(sentence.article.id)
                return True
        return False

    def is_second_version(self, sentence: Sentence) -> bool:
        """Tell whether the only article quoted is told by this one in words of its own."""
        known = {name for passage in self.passages for name in (passage.article, *passage.also_in)}
        told = chain.from_iterable(passage.said for passage in self.passages)
        return (
            len(known) == 1
            and sentence.article.id not in known
            and any(likeness(words, sentence.words) >= A_VERSION for words in told)
        )

    def _prints(self, sentence: Sentence, passage: QuotedPassage) -> bool:
        """Tell whether another article's sentence is one of the passage's.

        Sharing most of its words is not enough: "dropped its support" may stand in the place of
        "thrown its support behind". Nor does another date, number or name say the same.
        """
        return any(similar(words, sentence.words) for words in passage.said) and not difference(
            passage.quote().text, sentence.text, self.asked
        )

    @property
    def _several_speak(self) -> bool:
        return self.asked.answer_type is AnswerType.STATEMENT

    def _goes_on(self, one: QuotedPassage, other: QuotedPassage) -> bool:
        """Tell whether one begins where the other ends; two speakers are kept apart if wanted."""
        apart = self._several_speak and are_two_speakers(one.run, other.run)
        return one.is_adjacent(other) and not apart

    def _loses_speaker(self, run: Sequence[Sentence], wider: Sequence[Sentence]) -> bool:
        """Tell whether what somebody said would be joined to what is not theirs."""
        return self._several_speak and bool(speaker_in(run)) and not speaker_in(wider)

    def _is_worth_a_quote(self, sentence: Sentence) -> bool:
        """Tell whether a sentence that goes on no passage comes near enough to the best one."""
        count = len(self.passages)
        if count in {0, MOST_QUOTES} or self._several_speak:
            return count < MOST_QUOTES
        if self.leans:
            return count == 1
        best, near = self.passages[0].best, NEAR_THE_BEST[self.asked.answer_type]
        if _is_sure(best) and best.article.id == sentence.article.id:
            return False
        return not _is_far(sentence, best, near if count == 1 else THIRD * near)

    def _are_one(self, one: QuotedPassage, other: QuotedPassage) -> bool:
        """Tell whether two passages that follow each other are shown as one."""
        whole = in_order([*one.run, *other.run])
        if length_of(whole) > LONGEST_TOGETHER or borders_in(whole) > MOST_BORDERS:
            return False
        if are_two_speakers(one.run, other.run) or self._loses_speaker(one.run, whole):
            return False
        near = not _is_far(other.best, self.passages[0].best, ACROSS_A_PARAGRAPH)
        return near or all(belong_together(*pair) for pair in pairwise(whole))


def _is_sure(sentence: Sentence) -> bool:
    """Tell whether a reader is sure of its answer in a sentence."""
    pointed = sentence.pointed_at
    return pointed is not None and pointed.score > SURE_OF_THE_BEST


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


def _adds_nothing(words: Words, said: Sequence[Words]) -> bool:
    """Tell whether an article that was quoted says in these words little that it had not said."""
    quoted = frozenset().union(*said)
    return len(words & quoted) >= NOTHING_NEW * max(1, min(len(words), len(quoted)))
