"""Passages that become quotes: sentences that follow each other, shown for the best among them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retriever.answer.answering_words import answering_words
from retriever.answer.sentence_context import Sentence
from retriever.records import Quote, Span

# Logits above "no answer here" from which on the words that a reader points at are marked. Whether
# a sentence answers is decided by all that speaks for it; its words are left unmarked where the
# reader sees none at all. From 0 on, squad2 has .67 of its answers marked (overlap F1 .51 over
# all), from -2 on .86 (.62), from -6 on .99 (.67).
SURE_OF_WORDS = -6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPassage:
    """Sentences in the order of the text, and the other articles that print them too.

    It is quoted for ``best``, one of those in ``run``.
    """

    best: Sentence
    run: Sequence[Sentence]
    also_in: tuple[str, ...] = ()

    @property
    def article(self) -> str:
        """The id of its article."""
        return self.best.article.id

    @property
    def said(self) -> tuple[frozenset[str], ...]:
        """The words of each of its sentences."""
        return tuple(part.words for part in self.run)

    def is_adjacent(self, other: "QuotedPassage") -> bool:
        """Tell whether the one ends where the other begins: they have rows one behind the other."""
        first, last = self.run[0].row, self.run[-1].row
        return self.article == other.article and (
            other.run[0].row - last == 1 or first - other.run[-1].row == 1
        )

    def printed_too(self, article: str) -> "QuotedPassage":
        """Return it with another article's id among those that print it."""
        if article in self.also_in:
            return self
        return replace(self, also_in=(*self.also_in, article))

    def quote(self) -> Quote:
        """Return it as a quote, with the words marked that answer in its best sentence."""
        quote = Quote(
            article=self.best.article,
            start=self.run[0].span.start,
            end=self.run[-1].span.end,
            score=min(1.0, max(0.0, self.best.score)),
            also_in=self.also_in,
        )
        return replace(quote, answering=_answering(self.best, quote))


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
