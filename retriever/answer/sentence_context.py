"""Which sentences another is quoted with: those that it needs to be understood, or near ones.

A quote is at most three sentences that follow each other in the text. It goes over the end of a
paragraph only where the sentence behind that leans on the one before.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retriever.answer.anaphora import has_name, is_unattributed, lacks_name, needs, refers_back
from retriever.answer.speakers import speaker_of
from retriever.index.generation import Generation
from retriever.ranking.features import FULL
from retriever.reader.spans import PointedSpan
from retriever.records import Article, Quote, Span
from retriever.text.furniture import is_furniture
from retriever.text.sentences import is_finished
from retriever.text.terms import terms

# How near in strength a neighbour must come, and how near one that holds what was asked for when
# the sentence itself does not: "The captain took over in May." "Jane Doe had sailed before."
NEAR_ITS_NEIGHBOUR = 4.0 / FULL
NEAR_WITH_THE_ANSWER = 8.0 / FULL
# Words that a quote may have with neighbours that it does not need; with those of a follow-up,
# whose answer is told over several sentences more often (inscit: .06 more evidence is quoted, and
# .04 more of what is quoted holds some).
LONGEST_WITH_NEIGHBOURS = 60
LONGEST_OF_A_FOLLOW_UP = 75
# Ends of paragraphs that it may have inside.
MOST_BORDERS = 1
# How far the sentence behind a paragraph's end must hold what was asked for to be quoted with one
# that does not need it: of 27 that alone hold the evidence on realtimeqa, 22 do.
HOLDS_THE_ASKED = 1.0
# Sentences of a quote; so far back the name behind a "he" is looked for.
MOST_SENTENCES = 3


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
        self,
        weighed: Iterable[Sentence],
        generation: Generation,
        *,
        reach: float = 1.0,
        longest: int = LONGEST_WITH_NEIGHBOURS,
    ) -> None:
        """Know the ``weighed`` ones by row; others are read from ``generation``.

        ``reach`` is how much further than usual a neighbour may lie behind; ``longest`` how many
        words a quote may have with neighbours that it does not need.
        """
        self._reach, self._longest = reach, longest
        self._weighed = {sentence.row: sentence for sentence in weighed}
        self._generation = generation

    def with_what_it_needs(self, sentence: Sentence, quoted: Collection[int]) -> list[Sentence]:
        """Return the sentence, with those that name whom and what it speaks of, and who speaks.

        "He will move there" is quoted with the sentence that has the name, whatever that weighs.
        What stands in a ``quoted`` row is shown already.
        """
        if is_unattributed(sentence.text):
            return self._with_who_says_it(sentence, quoted)
        run = [sentence]
        while len(run) < MOST_SENTENCES and _leans_back(run) and is_finished(sentence.text):
            before = self._finished(run[0].row - 1, sentence)
            if before is None or before.row in quoted:
                break
            run.insert(0, before)
        if len(run) > 2 and all(lacks_name(part.text) or not has_name(part.text) for part in run):
            return run[-2:]  # whoever it is stands too far above
        return run

    def with_neighbours(
        self, run: Sequence[Sentence], best: Sentence, *, quoted: Collection[int]
    ) -> list[Sentence]:
        """Return sentences that are quoted for the ``best`` of them, with those beside them.

        Nothing is put to one that needed others. A neighbour must speak for the question nearly as
        much as the best one, go on from where they end or lead up to them, and leave the quote
        short. It neither stands in a ``quoted`` row nor touches one of another quote: a caption or
        a teaser between the paragraphs is no neighbour.
        """
        whole = [*run]
        if len(run) > 1 or refers_back(best.text) or not is_finished(best.text):
            return whole
        apart = set(quoted) - {best.row}
        while len(whole) < MOST_SENTENCES:
            near = [
                other
                for step, end in ((-1, whole[0]), (1, whole[-1]))
                if apart.isdisjoint({end.row + step, end.row + 2 * step})
                if (other := self._weighed.get(end.row + step))
                if self._is_near(other, best) and self._is_short([other, *whole])
                if _may_join(other, end, whole)
            ]
            if not near:
                break
            beside = max(near, key=lambda other: (other.score, -other.row))
            whole = in_order([*whole, beside])
        return whole

    def _is_near(self, other: Sentence, best: Sentence) -> bool:
        answers = other.fitting > 0 and best.fitting == 0
        margin = self._reach * (NEAR_WITH_THE_ANSWER if answers else NEAR_ITS_NEIGHBOUR)
        return other.score >= best.score - margin

    def _is_short(self, run: Sequence[Sentence]) -> bool:
        return length_of(run) <= self._longest

    def _with_who_says_it(self, sentence: Sentence, quoted: Collection[int]) -> list[Sentence]:
        """Return a quotation with the sentence before or behind it that says whose it is."""
        before = self._finished(sentence.row - 1, sentence)
        if before and before.row not in quoted and _introduces(before):
            return [before, sentence]
        behind = self._finished(sentence.row + 1, sentence)
        if behind and behind.row not in quoted and _names_author(behind):
            return [sentence, behind]
        return [sentence]

    def _finished(self, row: int, sentence: Sentence) -> Sentence | None:
        """Return the sentence in ``row``, if it is one of the article that ends as sentences do."""
        if not 0 <= row < len(self._generation.sentences):
            return None
        other = self._weighed.get(row) or sentence_at(row, self._generation)
        if other is None or other.article.id != sentence.article.id:
            return None
        return other if is_finished(other.text) and not is_furniture(other.text) else None


def in_order(run: Iterable[Sentence]) -> list[Sentence]:
    """Return sentences in the order of the text."""
    return sorted(run, key=lambda part: part.row)


def length_of(run: Iterable[Sentence]) -> int:
    """Return how many words sentences have together, as they are counted by eye."""
    return sum(len(part.text.split()) for part in run)


def share_paragraph(one: Sentence, other: Sentence) -> bool:
    """Tell whether no paragraph ends between two sentences of an article."""
    first, second = in_order([one, other])
    return "\n" not in first.article.text[first.span.end : second.span.start]


def borders_in(run: Iterable[Sentence]) -> int:
    """Return how many paragraphs end between sentences that follow each other."""
    return sum(not share_paragraph(*pair) for pair in pairwise(in_order(run)))


def belong_together(one: Sentence, other: Sentence) -> bool:
    """Tell whether two sentences that follow each other may stand in one quote.

    They are of one paragraph, or the second leans on the first, or is a quotation that the first
    gives to somebody.
    """
    first, second = in_order([one, other])
    if is_unattributed(second.text):
        return share_paragraph(first, second) or _introduces(first)
    return share_paragraph(first, second) or needs(second.text, before=first.text)


def speaker_in(run: Sequence[Sentence]) -> str | None:
    """Return who speaks in sentences that follow each other, in the article's words."""
    article = run[0].article
    start, end = run[0].span.start, run[-1].span.end
    speaker = speaker_of(Quote(article=article, start=start, end=end, score=0))
    return speaker.of(article.text) if speaker else None


def _introduces(sentence: Sentence) -> bool:
    """Tell whether a sentence says who speaks in the quotation behind it."""
    return sentence.text.endswith(":") or speaker_in([sentence]) is not None


def _names_author(sentence: Sentence) -> bool:
    """Tell whether a sentence may say who spoke before it: "That was how", "– Jane Doe"."""
    speaks = speaker_in([sentence]) is not None and not is_unattributed(sentence.text)
    return speaks or sentence.text[0] in "-–—" or refers_back(sentence.text)


def _leans_back(run: Sequence[Sentence]) -> bool:
    """Tell whether the first of the sentences is not understood without the one before it."""
    first = run[0].text
    if len(run) == 1:
        return refers_back(first)
    return lacks_name(run[-1].text) and not any(has_name(part.text) for part in run[:-1])


def _may_join(other: Sentence, end: Sentence, whole: Sequence[Sentence]) -> bool:
    """Tell whether a neighbour of the ``end`` of sentences may be quoted with all of them."""
    leads_up = other.row < end.row
    return (
        other.article.id == end.article.id
        and is_finished(other.text)
        and not is_furniture(other.text)
        and belong_together(other, end)
        and borders_in([other, *whole]) <= MOST_BORDERS
        and not (leads_up and refers_back(other.text))
        and (leads_up or share_paragraph(other, end) or other.fitting >= HOLDS_THE_ASKED)
        and not are_two_speakers([other], whole)
    )


def are_two_speakers(one: Sequence[Sentence], other: Sequence[Sentence]) -> bool:
    """Tell whether sentences name different speakers: a quote of both would name neither.

    "A spokesperson for the ministry" and "the spokesperson" share a word: they are one.
    """
    names = [terms(speaker) for run in (one, other) if (speaker := speaker_in(run))]
    return len(names) > 1 and set(names[0]).isdisjoint(names[1])
