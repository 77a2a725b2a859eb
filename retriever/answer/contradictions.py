"""Quotes of different articles that do not say the same; nothing is merged or decided.

Shown is only what cannot both be so: two values of one measure, two dates of one event, two names
in one place, opposite positions of one subject, and each time the words that say it. A reader has
to see both and judge: one may be older. Whatever may explain a difference keeps it from being
shown: of the first five that a journalist was shown none was one.
"""

import re
from collections.abc import Sequence, Set
from itertools import combinations, product

from retriever.answer.asked_measure import topic_of
from retriever.answer.circumstances import same_time
from retriever.answer.differing_values import SAME_WORDING, DifferingValues, differing_values
from retriever.answer.positions import opposed
from retriever.answer.statements import Statement
from retriever.query.analysis import Analysis, AnswerType
from retriever.records import Disagreement, Quote
from retriever.records.dates import MONTH_NAME
from retriever.text.content_words import capitalised
from retriever.text.lexicon import NUMBER_WORDS
from retriever.text.sentences import sentence_spans
from retriever.text.similarity import likeness
from retriever.text.terms import WORD, terms, words

# A quote's sentences, each with where it begins in the article.
Told = list[tuple[int, Statement]]

# Code points of an article around a quote that tell which of its words are names.
_AROUND = 3000
# Code points at an article's beginning that tell what it is about.
_LEAD = 600
# The part of a question's terms that an article's title, lead or quote must have to be about it.
_ABOUT = 0.6
_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}")
_MONTH = rf"{MONTH_NAME}\.?"
_DAY = re.compile(rf"\b{_MONTH}\s+\d{{1,2}}\b|\b\d{{1,2}}\.?\s+{_MONTH}\b", re.IGNORECASE)


def contradictions_among(quotes: Sequence[Quote], asked: Analysis) -> tuple[Disagreement, ...]:
    """Return the pairs of quotes that contradict each other, as indices into ``quotes``."""
    told = [_statements(quote) for quote in quotes]
    return tuple(
        disagreement
        for pair in combinations(range(len(quotes)), 2)
        if not _is_one_text(quotes[pair[0]], quotes[pair[1]])
        and (disagreement := _disagreement(pair, quotes, told, asked))
    )


def difference(one: str, other: str, asked: Analysis) -> str | None:
    """Return in what two texts differ that should say the same, ``None`` when they may agree.

    It tells whether one may stand for the other, and says too much rather than too little. What
    the question names itself is no difference.
    """
    kind, named = asked.answer_type, asked.asked
    first, second = Statement(text=one), Statement(text=other)
    versions = likeness(first.terms, second.terms) >= SAME_WORDING
    if versions and (ways := opposed(first, second)):
        return _reason("positions", (ways[0].of(one), ways[1].of(other)))
    if versions or kind is AnswerType.TIME:
        found = _without_common("dates", _years(one) - named, _years(other) - named)
        if found or kind is AnswerType.TIME:
            return found
    if versions or kind is AnswerType.AMOUNT:
        found = _without_common("numbers", _amounts(one) - named, _amounts(other) - named)
        if found or kind is AnswerType.AMOUNT:
            return found
    if versions and kind is AnswerType.NAME:
        own, others = (capitalised(WORD.findall(text)[1:]) - named for text in (one, other))
        return _without_common("names", own - others, others - own)
    return None


def _disagreement(
    pair: tuple[int, int], quotes: Sequence[Quote], told: Sequence[Told], asked: Analysis
) -> Disagreement | None:
    """Return in what two quotes contradict each other, by the first statements that do."""
    one, other = (quotes[place] for place in pair)
    subject = all(_is_about(quote, asked) for quote in (one, other))
    versions = likeness(frozenset(terms(one.text)), frozenset(terms(other.text))) >= SAME_WORDING
    for (start, first), (begin, second) in product(*(told[place] for place in pair)):
        found = _differing(first, second, asked, subject=subject, versions=versions)
        if found:
            spans = (found.spans[0].moved(start), found.spans[1].moved(begin))
            said = (spans[0].of(one.article.text), spans[1].of(other.article.text))
            return Disagreement(
                reason=_reason(found.what, said), quotes=pair, kind=found.what, values=spans
            )
    return None


def _differing(
    first: Statement, second: Statement, asked: Analysis, *, subject: bool, versions: bool
) -> DifferingValues | None:
    values = differing_values(first, second, asked, subject=subject, versions=versions)
    if values:
        return values
    # Positions change: what was said of another time was no contradiction.
    ways = opposed(first, second) if same_time(first, second) else None
    return DifferingValues(what="positions", spans=ways) if ways else None


def _statements(quote: Quote) -> Told:
    """Return the sentences of a quote, each with where it begins in the article."""
    text = quote.article.text
    around = text[max(0, quote.start - _AROUND) : quote.end + _AROUND]
    published = quote.article.published.date if quote.article.published else None
    return [
        (
            quote.start + span.start,
            Statement(text=span.of(quote.text), around=around, published=published),
        )
        for span in sentence_spans(quote.text, language=quote.article.language or "en")
    ]


def _is_one_text(one: Quote, other: Quote) -> bool:
    return one.article.id == other.article.id or one.text == other.text


def _is_about(quote: Quote, asked: Analysis) -> bool:
    """Tell whether a quote or the beginning of its article speaks of what was asked."""
    article = quote.article
    told = f"{article.title or ''}\n{article.text[:_LEAD]}\n{quote.text}"
    sought, held = topic_of(asked.question.text), frozenset(terms(told))
    named = {*words(told)}
    return asked.names <= named and len(sought & held) >= _ABOUT * len(sought)


def _reason(what: str, said: tuple[str, str]) -> str:
    """Return the fixed phrase for what differs, and the words that differ, as they stand."""
    kind = "opposite" if what == "positions" else "different"
    return f"{kind} {what}: {' / '.join(' '.join(part.split()) for part in said)}"


def _without_common(what: str, one: Set[str], other: Set[str]) -> str | None:
    """Return the fixed phrase for two sets without a common member, if neither is empty."""
    if not one or not other or one & other:
        return None
    return _reason(what, (", ".join(sorted(one)), ", ".join(sorted(other))))


def _years(text: str) -> set[str]:
    return set(_YEAR.findall(text))


def _amounts(text: str) -> set[str]:
    """Return the numbers of ``text`` as they are spoken of, years and days of a month left out."""
    found = (word for word in words(_DAY.sub(" ", text)) if not _YEAR.fullmatch(word))
    return {word for word in found if word[0].isdigit() or word in NUMBER_WORDS}
