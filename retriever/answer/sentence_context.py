"""Which neighbour a sentence is quoted with: the one that it needs to be understood, or the better.

A quote is at most two sentences that follow each other in the text.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from retriever.answer.speakers import speaker_of
from retriever.index.generation import Generation
from retriever.ranking.features import FULL
from retriever.reader.spans import PointedSpan
from retriever.records import Article, Quote, Span
from retriever.text.sentences import is_finished
from retriever.text.terms import WORD, terms

# How near in strength a neighbour must come, and how near one that holds what was asked for when
# the sentence itself does not: "The captain took over in May." "Jane Doe had sailed before."
NEAR_ITS_NEIGHBOUR = 4.0 / FULL
NEAR_WITH_THE_ANSWER = 8.0 / FULL
_REFERS_BACK = re.compile(r"(?:He|She|They|It|His|Her|Their|Its)\b")
_THE = re.compile(r"(?:The|This|That|These|Those)\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence under consideration.

    ``row`` is its number in the index, ``score`` its strength, ``fitting`` in [0, 1] how far it
    holds the kind of thing that was asked for, ``held`` how much of the phrases that are all that
    was asked for, ``words`` its index terms. ``pointed_at`` is what a reader points at in it.
    """

    row: int
    article: Article
    span: Span
    score: float
    fitting: float
    held: float
    words: frozenset[str]
    pointed_at: PointedSpan | None = None

    @property
    def text(self) -> str:
        """The words of the sentence, sliced from the article."""
        return self.span.of(self.article.text)


def sentence_at(
    row: int, generation: Generation, *, score: float = 0.0, fitting: float = 0.0, held: float = 0.0
) -> Sentence | None:
    """Return the sentence in ``row``; ``None`` for a heading or an entry of the footnotes."""
    article, span = generation.sentence_article(row), generation.sentences.span(row)
    apart = (*article.headings, *(note.entry for note in article.footnotes))
    if any(other.overlap(span) for other in apart):
        return None
    return Sentence(
        row=row,
        article=article,
        span=span,
        score=score,
        fitting=fitting,
        held=held,
        words=frozenset(terms(span.of(article.text))),
    )


class Neighbourhood:
    """The sentences that were weighed, and those around them in their articles."""

    def __init__(
        self, weighed: Iterable[Sentence], generation: Generation, *, reach: float = 1.0
    ) -> None:
        """Know the ``weighed`` ones by row; others are read from ``generation``.

        ``reach`` is how much further than usual a neighbour may lie behind.
        """
        self._reach = reach
        self._weighed = {sentence.row: sentence for sentence in weighed}
        self._generation = generation

    def with_neighbour(self, sentence: Sentence, *, quoted: Collection[int]) -> list[Sentence]:
        """Return the sentence, or it and one neighbour in the order of the text.

        A sentence that refers back ("He will move there") is quoted with the one before, whatever
        that weighs. Otherwise the neighbour must speak for the question nearly as much, and goes on
        from where the sentence ends or leads up to it: a caption or a teaser between the paragraphs
        is no neighbour. What stands in a ``quoted`` row is shown already.
        """
        if not is_finished(sentence.text):
            return [sentence]
        if refers_back(sentence.text) and (before := self._before(sentence)):
            return [sentence] if before.row in quoted else [before, sentence]
        rows = {sentence.row - 1, sentence.row + 1} - set(quoted)
        near = [
            other
            for row in rows
            if (other := self._weighed.get(row)) and _may_join(other, sentence, self._reach)
        ]
        best = max(near, key=lambda other: (other.score, -other.row), default=None)
        return sorted([sentence, best] if best else [sentence], key=lambda part: part.row)

    def _before(self, sentence: Sentence) -> Sentence | None:
        """Return the finished sentence right before this one in its article."""
        row = sentence.row - 1
        if row < 0:
            return None
        before = self._weighed.get(row) or sentence_at(row, self._generation)
        follows = before and before.article.id == sentence.article.id and is_finished(before.text)
        return before if follows else None


def speaker_in(run: Sequence[Sentence]) -> str | None:
    """Return who speaks in sentences that follow each other, in the article's words."""
    article = run[0].article
    start, end = run[0].span.start, run[-1].span.end
    speaker = speaker_of(Quote(article=article, start=start, end=end, score=0))
    return speaker.of(article.text) if speaker else None


def refers_back(text: str) -> bool:
    """Tell whether a sentence opens with somebody or something named before it.

    "He said", "Its army", or "The company" in a sentence without any name.
    """
    if _REFERS_BACK.match(text):
        return True
    return bool(_THE.match(text)) and not any(word[0].isupper() for word in WORD.findall(text)[1:])


def _may_join(other: Sentence, sentence: Sentence, reach: float) -> bool:
    answers = other.fitting > 0 and sentence.fitting == 0
    margin = reach * (NEAR_WITH_THE_ANSWER if answers else NEAR_ITS_NEIGHBOUR)
    return (
        other.article.id == sentence.article.id
        and other.score >= sentence.score - margin
        and is_finished(other.text)
        and not _are_two_speakers(other, sentence)
    )


def _are_two_speakers(one: Sentence, other: Sentence) -> bool:
    """Tell whether the sentences name different speakers: a quote of both would name neither.

    "A spokesperson for the ministry" and "the spokesperson" share a word: they are one.
    """
    names = [terms(speaker) for part in (one, other) if (speaker := speaker_in([part]))]
    return len(names) > 1 and set(names[0]).isdisjoint(names[1])
