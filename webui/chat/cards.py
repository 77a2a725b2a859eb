"""From an answer to what its cards show, each quote compared once more with the stored article."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from retriever import Answer, Index, QuestionError, Quote, Span, quote_forms
from webui.byline import Byline, display_name, make_byline, place_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote of the quoted words: its label and the source that it names."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """Another article that prints the same words: its name, and the key that opens it."""

    name: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedRun:
    """Part of a quote; ``answers`` says that these are the words in it that answer."""

    text: str
    answers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One quote as it is shown; ``number`` counts from 1 within the answer.

    ``also_in`` are the other articles that print the same words, ``differs_from`` the numbers of
    quotes that may not say the same, ``copies`` the quote with its reference by form. ``published``
    is an ISO date, ``page`` counts from 1 where the source has pages; ``warnings`` say what of the
    source's own statements was not believed. ``answering`` is the span, in the article, of the
    words that answer, where that is sure.
    """

    number: int
    article_id: str
    start: int
    end: int
    words: str
    speaker: str | None
    byline: Byline
    published: str | None
    page: int | None
    warnings: tuple[str, ...]
    also_in: tuple[Reprint, ...]
    notes: tuple[Note, ...]
    differs_from: tuple[int, ...]
    copies: Mapping[str, str]
    answering: Span | None = None

    @property
    def runs(self) -> tuple[QuotedRun, ...]:
        """The words cut where those that answer begin and end; joined they are the words."""
        if self.answering is None:
            return (QuotedRun(text=self.words),)
        start, end = self.answering.start - self.start, self.answering.end - self.start
        return (
            QuotedRun(text=self.words[:start]),
            QuotedRun(text=self.words[start:end], answers=True),
            QuotedRun(text=self.words[end:]),
        )

    @property
    def key(self) -> str:
        """The same for every card that opens the same place."""
        return place_key(self.article_id, self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """An answer's cards; ``withheld`` counts the quotes that did not match the stored article."""

    quotes: tuple[Card, ...]
    closest: tuple[Card, ...]
    withheld: int


def make_cards(answer: Answer, index: Index) -> Cards:
    """Return the cards of the quotes that still stand, numbered in the answer's order."""
    quotes = _standing_cards(answer.quotes, index, _differing(answer))
    closest = _standing_cards(answer.closest, index, {})
    failed = len(answer.quotes) + len(answer.closest) - len(quotes) - len(closest)
    return Cards(quotes=quotes, closest=closest, withheld=answer.withheld + failed)


def still_stands(quote: Quote, index: Index) -> bool:
    """Tell whether the stored article still holds the quoted words, speaker included, in place."""
    try:
        stored = index.article(quote.article.id)
    except QuestionError:
        return False
    spans = [(quote.start, quote.end)]
    if quote.speaker:
        spans.append((quote.speaker.start, quote.speaker.end))
    return all(
        0 <= start < end <= len(stored.text)
        and stored.text[start:end] == quote.article.text[start:end]
        for start, end in spans
    )


def _standing_cards(
    quotes: Iterable[Quote], index: Index, differing: Mapping[int, tuple[int, ...]]
) -> tuple[Card, ...]:
    return tuple(
        _card(quote, index, number=place + 1, differs_from=differing.get(place, ()))
        for place, quote in enumerate(quotes)
        if still_stands(quote, index)
    )


def _card(quote: Quote, index: Index, *, number: int, differs_from: tuple[int, ...]) -> Card:
    return Card(
        number=number,
        article_id=quote.article.id,
        start=quote.start,
        end=quote.end,
        words=quote.text,
        speaker=quote.speaker.of(quote.article.text) if quote.speaker else None,
        byline=make_byline(quote.article, quoted=quote.text),
        published=quote.article.published.value if quote.article.published else None,
        page=quote.page,
        warnings=quote.article.warnings,
        also_in=tuple(_reprints(quote.also_in, index)),
        notes=tuple(
            Note(label=note.label, text=note.source.of(quote.article.text))
            for note in quote.footnotes
        ),
        differs_from=differs_from,
        copies=quote_forms(quote.to_dict()),
        answering=quote.answering,
    )


def _reprints(article_ids: Iterable[str], index: Index) -> Iterator[Reprint]:
    for article_id in article_ids:
        try:
            name = display_name(index.article(article_id))
        except QuestionError:  # gone since: the words stand elsewhere no longer
            continue
        # Where in it the words stand was not recorded, and nothing is searched for: no mark.
        yield Reprint(name=name, key=place_key(article_id, 0, 0))


def _differing(answer: Answer) -> dict[int, tuple[int, ...]]:
    """Return, for each quote's place, the numbers of the quotes that may disagree with it."""
    found: dict[int, tuple[int, ...]] = {}
    for pair in answer.disagreements:
        for one, other in (pair.quotes, pair.quotes[::-1]):
            found[one] = (*found.get(one, ()), other + 1)
    return found
