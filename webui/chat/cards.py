"""From an answer to what its cards show, each quote compared once more with the stored article."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retriever import (
    Answer,
    Article,
    Index,
    Print,
    QuestionError,
    Quote,
    Span,
    display_name,
    is_first,
    quote_forms,
    short_answers,
)
from webui.byline import Byline, make_byline, place_key
from webui.chat.contrasts import Contrast, contrasts_among
from webui.wording import date_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote of the quoted words: its label and the source that it names."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprint:
    """Another article that prints the same words: its name, and the key that opens it.

    ``printed`` says by whom and when.
    """

    name: str
    key: str
    printed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherVersion:
    """Another version of the quoted article: which, in words, and the key that opens it."""

    words: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedRun:
    """Part of a quote: whether it answers, and whether another quote says something else.

    It ``fits`` where it is of the kind that was asked for, and nobody is sure what answers.
    """

    text: str
    answers: bool = False
    differs: bool = False
    fits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One quote as it is shown; ``number`` counts from 1 within the answer.

    ``also_in`` are the other articles that print the same words, ``contrasts`` what other quotes
    say instead, ``copies`` the quote with its reference by form. ``published``
    is an ISO date, ``page`` counts from 1 where the source has pages; ``warnings`` say what of the
    source's own statements was not believed. ``answering`` is the span, in the article, of the
    words that answer, where that is sure, ``fitting`` else those of the kind that was asked for.
    ``when`` says which days its weekdays mean.
    ``first_printed`` says by whom and when the article's text was printed, where that was first.
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
    contrasts: tuple[Contrast, ...]
    copies: Mapping[str, str]
    answering: Span | None = None
    fitting: tuple[Span, ...] = ()
    when: tuple[str, ...] = ()
    first_printed: str | None = None
    versions: tuple[OtherVersion, ...] = ()

    @property
    def source(self) -> str:
        """Who says it and where, in one line, for those who hear the page."""
        said_by = f"{self.speaker}, in" if self.speaker else None
        named = (said_by, self.byline.name, self.byline.publisher, self.byline.date)
        return ", ".join(part for part in named if part).replace(", in, ", ", in ", 1)

    @property
    def runs(self) -> tuple[QuotedRun, ...]:
        """The words cut where those that answer or differ begin and end; joined, the words."""
        differing = [contrast.here.span for contrast in self.contrasts if contrast.here]
        marked = [span for span in (self.answering, *differing, *self.fitting) if span]
        ends = {place for span in marked for place in (span.start, span.end)}
        cuts = pairwise(sorted(ends | {self.start, self.end}))
        return tuple(
            QuotedRun(
                text=run.moved(-self.start).of(self.words),
                answers=self.answering is not None and run.is_part_of(self.answering),
                differs=any(map(run.is_part_of, differing)),
                fits=any(map(run.is_part_of, self.fitting)),
            )
            for run in (Span(start=start, end=end) for start, end in cuts)
        )

    @property
    def answering_words(self) -> str:
        """The words that answer, empty where that is not sure."""
        return self.answering.moved(-self.start).of(self.words) if self.answering else ""

    @property
    def key(self) -> str:
        """The same for every card that opens the same place."""
        return place_key(self.article_id, self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftedWords:
    """Words that answer, and the cards that have them, each with what its source is called."""

    words: str
    sources: tuple[tuple[str, Card], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """An answer's cards; ``withheld`` counts the quotes that did not match the stored article."""

    quotes: tuple[Card, ...]
    closest: tuple[Card, ...]
    withheld: int

    @property
    def lifted(self) -> tuple[LiftedWords, ...]:
        """The words that answer, of quotes that still stand, as the library joins them."""
        said = [card.answering_words or None for card in self.quotes]
        return tuple(
            LiftedWords(
                words=one.words,
                sources=tuple(_named([self.quotes[place] for place in one.quotes])),
            )
            for one in short_answers(said)
        )


def make_cards(answer: Answer, index: Index) -> Cards:
    """Return the cards of the quotes that still stand, numbered in the answer's order."""
    standing = {place for place, quote in enumerate(answer.quotes) if still_stands(quote, index)}
    contrasts = contrasts_among(answer, standing)
    quotes = tuple(
        _card(answer.quotes[place], index, number=place + 1, contrasts=contrasts.get(place, ()))
        for place in sorted(standing)
    )
    closest = tuple(
        _card(quote, index, number=place + 1)
        for place, quote in enumerate(answer.closest)
        if still_stands(quote, index)
    )
    failed = len(answer.quotes) + len(answer.closest) - len(quotes) - len(closest)
    return Cards(quotes=quotes, closest=closest, withheld=answer.withheld + failed)


def _named(cards: Sequence[Card]) -> Iterator[tuple[str, Card]]:
    """Yield each card with its publisher, else its title; one named before by its number too."""
    names = [card.byline.publisher or card.byline.name for card in cards]
    for place, (name, card) in enumerate(zip(names, cards, strict=True)):
        yield (f"{name} (quote {card.number})" if name in names[:place] else name), card


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


def _card(quote: Quote, index: Index, *, number: int, contrasts: tuple[Contrast, ...] = ()) -> Card:
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
        also_in=tuple(_reprints(quote, index)),
        notes=tuple(
            Note(label=note.label, text=note.source.of(quote.article.text))
            for note in quote.footnotes
        ),
        contrasts=contrasts,
        copies=quote_forms(quote.to_dict()),
        answering=quote.answering,
        fitting=quote.fitting,
        when=tuple(day.in_words(quote.article.text) for day in quote.when),
        first_printed=_first_printed(quote),
        versions=tuple(_versions(quote, index)),
    )


def _reprints(quote: Quote, index: Index) -> Iterator[Reprint]:
    for article_id in quote.also_in:
        try:
            article = index.article(article_id)
        except QuestionError:  # gone since: the words stand elsewhere no longer
            continue
        # Where in it the words stand was not recorded, and nothing is searched for: no mark.
        yield Reprint(
            name=display_name(article),
            key=place_key(article_id, 0, 0),
            printed=_printed(article),
        )


def _printed(article: Article) -> str:
    """Return by whom an article was published, as far as that is known, and when."""
    date = date_in_words(article.published.value if article.published else None)
    return f"{article.publisher}, {date}" if article.publisher else date


def _first_printed(quote: Quote) -> str | None:
    first = quote.prints and is_first(Print.of(quote.article), quote.prints)
    return _printed(quote.article) if first else None


def _versions(quote: Quote, index: Index) -> Iterator[OtherVersion]:
    for version in quote.versions:
        try:
            index.article(version.id)
        except QuestionError:  # gone since
            continue
        said = version.in_words()
        yield OtherVersion(words=said[0].upper() + said[1:], key=place_key(version.id, 0, 0))
