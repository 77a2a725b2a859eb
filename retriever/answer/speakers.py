"""Who is speaking in a quote, where the article says so in the quote itself or beside it.

The sentence names its speaker (:mod:`retriever.answer.attribution`), or says "he said", which is
followed back to whoever spoke last, if nobody else was named since. What stands wholly in
quotation marks is said by whom the sentences name in which that quotation opens or closes.
``python -m tests.benchmarks.speakers`` measures it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from retriever.answer.attribution import speaker_named_in
from retriever.records import Quote, Span
from retriever.records.dates import MONTHS
from retriever.text.content_words import capitalised
from retriever.text.lexicon import DAY_WORDS, SPEECH_VERB
from retriever.text.quotations import quotation_spans, without_quotations
from retriever.text.sentences import LONGEST_SENTENCE, sentence_spans
from retriever.text.terms import WORD

_ADVERB = r"(?:(?:also|then|later|once|repeatedly|recently|now|\w+ly)\s+)?"
_HELPER = r"(?:(?:has|have|had)\s+)?"
_PRONOUN_SAYS = re.compile(
    rf"\b[Hh]e\s+{_ADVERB}{_HELPER}{SPEECH_VERB}\b|\b[Ss]he\s+{_ADVERB}{_HELPER}{SPEECH_VERB}\b"
    rf"|(?<=[,”\"’'])\s*{SPEECH_VERB}\s+s?he\b(?!\s+\w)"
)
# No "he" stands for a body or for several people.
_NO_PERSON = re.compile(
    r"(?:^|\s)(?:\w*(?:people|men|women)|police|officials|authorities|sources|ministry|department"
    r"|agency|statement|report|company|government|campaign|newspaper|magazine|Times|Post|News"
    r"|Journal|Press|Reuters|AP|AFP|CNN|BBC|House|Council|Senate|Congress|Court|Party|University"
    r"|group|union|committee|\w+ists|\w+ers)$",
    re.IGNORECASE,
)
_MONTHS = frozenset(month.lower() for month in MONTHS)
_BEFORE = 1_200  # characters in which the sentences before a quote are looked for
_AROUND = 3_000  # characters before and after a quote in which quotations may open and close
_MOST_SENTENCES = 20  # of a paragraph of a quote that are read
_SENTENCES = 4  # that may lie between a name and its "he said"
_LINE = re.compile(r"\S[^\n]*")
_LETTER = re.compile(r"\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """A part of an article around a quote, from ``start`` on.

    ``shown`` is its ``text`` with the ``quotations`` blanked out; spans count from ``start``.
    """

    start: int
    text: str
    shown: str
    quotations: list[Span]


def speaker_of(quote: Quote) -> Span | None:
    """Return the span of the speaker's name or description in the article, or ``None``.

    Words that are themselves quoted never name the speaker. A quote over several paragraphs has a
    speaker only when each of them names the same one, and so has one of several sentences that
    name somebody: what one person says is never put into the mouth of another.
    """
    around = _surroundings_of(quote)
    found: Span | None = None
    for line in _LINE.finditer(quote.text):
        start = quote.start - around.start + line.start()
        speaker = _speaker_of_line(around, Span(start=start, end=start + len(line.group())))
        if speaker is None or (found and not _are_same(found, speaker, around.text)):
            return None
        found = found or speaker
    return found and Span(start=around.start + found.start, end=around.start + found.end)


def _surroundings_of(quote: Quote) -> _Surroundings:
    """Return what stands around the quote, from a paragraph's beginning to a paragraph's end."""
    text = quote.article.text
    start = text.find("\n", max(0, quote.start - _AROUND), quote.start) + 1
    if quote.start <= _AROUND:
        start = 0
    end = text.rfind("\n", quote.end, quote.end + _AROUND)
    end = end if end > quote.end else min(len(text), quote.end + _AROUND)
    part = text[start:end]
    quotations = quotation_spans(part)
    shown = without_quotations(part)
    return _Surroundings(start=start, text=part, shown=shown, quotations=quotations)


def _are_same(one: Span, other: Span, text: str) -> bool:
    """Tell whether two speakers are one: "Ada Reyes" and "Reyes"."""
    words = [set(WORD.findall(span.of(text))) for span in (one, other)]
    return words[0] <= words[1] or words[1] <= words[0]


def _speaker_of_line(around: _Surroundings, line: Span) -> Span | None:
    """Return the speaker of a paragraph of the quote, or of the part of it that is quoted."""
    found: Span | None = None
    for sentence in sentence_spans(line.of(around.text))[:_MOST_SENTENCES]:
        place = Span(start=line.start + sentence.start, end=line.start + sentence.end)
        speaker = _speaker_of_sentence(around, place)
        if speaker and found and not _are_same(found, speaker, around.text):
            return None
        found = found or speaker
    return found


def _speaker_of_sentence(around: _Surroundings, sentence: Span) -> Span | None:
    shown = sentence.of(around.shown)
    own = _named_in(around, sentence)
    if own:
        return own
    if _PRONOUN_SAYS.search(shown):
        return _named_before(around, sentence.start)
    return None if _LETTER.search(shown) else _speaker_of_quotation(around, sentence)


def _named_in(around: _Surroundings, part: Span) -> Span | None:
    """Return whom a part of the text names as the one who speaks."""
    own = speaker_named_in(part.of(around.shown))
    return own and Span(start=part.start + own.start, end=part.start + own.end)


def _speaker_of_quotation(around: _Surroundings, part: Span) -> Span | None:
    """Return who says what is quoted throughout: named where the quotation opens or closes.

    Where neither names anybody, it is who said what is quoted before: “No,” Reyes said. “Never.”
    """
    holding = (one for one in around.quotations if one.start < part.end and part.start < one.end)
    quotation = next(holding, None)
    if quotation is None:
        return None
    outer = _sentences_around(around, quotation)
    named = _named_in(around, outer)
    if named:
        return named
    if _PRONOUN_SAYS.search(outer.of(around.shown)):
        return _named_before(around, outer.start)
    return _speaker_going_on(around, part)


def _sentences_around(around: _Surroundings, quotation: Span) -> Span:
    """Return from the beginning of the sentence that opens a quotation to where its last ends."""
    first = _sentence_at(around.text, quotation.start)
    last = _sentence_at(around.text, quotation.end - 1)
    return Span(start=min(first.start, quotation.start), end=max(last.end, quotation.end))


def _sentence_at(text: str, place: int) -> Span:
    """Return the sentence of a paragraph that holds ``place``."""
    start = max(text.rfind("\n", 0, place) + 1, place - LONGEST_SENTENCE)
    end = text.find("\n", place)
    end = min(end if end >= 0 else len(text), place + LONGEST_SENTENCE)
    holding = (
        Span(start=start + sentence.start, end=start + sentence.end)
        for sentence in sentence_spans(text[start:end])
        if start + sentence.end > place
    )
    return next(holding, Span(start=place, end=place + 1))


def _speaker_going_on(around: _Surroundings, part: Span) -> Span | None:
    """Return whose quotation goes on in ``part``: the speaker of the last one of its paragraph."""
    start = max(around.text.rfind("\n", 0, part.start) + 1, part.start - _BEFORE)
    for sentence in _sentences_before(around, start, part.start):
        shown = sentence.of(around.shown)
        if not _LETTER.search(shown):
            continue
        if "“" not in shown:
            return None
        pronoun = _PRONOUN_SAYS.search(shown)
        return _named_in(around, sentence) or (
            _named_before(around, sentence.start) if pronoun else None
        )
    return None


def _named_before(around: _Surroundings, end: int) -> Span | None:
    """Return whom "he" stands for at ``end``: the last speaker, when nobody else came between.

    Any other name in a sentence between, of a person or not, makes it doubtful; then nobody is
    named (30 read on a news corpus: 26 right without this rule).
    """
    start = max(0, end - _BEFORE)
    between: set[str] = set()
    for sentence in _sentences_before(around, start, end):
        said = sentence.of(around.shown)
        speaker = _named_in(around, sentence)
        if speaker:
            name = speaker.of(around.text)
            own = capitalised(WORD.findall(name))
            return speaker if between <= own and not _NO_PERSON.search(name) else None
        between |= _names_in(said, around.text)
    return None


def _names_in(sentence: str, text: str) -> frozenset[str]:
    """Return the words of a sentence that may be names; what ``text`` has in lower case is none."""
    names = capitalised(WORD.findall(sentence))
    return frozenset(
        name
        for name in names - DAY_WORDS - _MONTHS
        if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    )


def _sentences_before(around: _Surroundings, start: int, end: int) -> Iterator[Span]:
    """Yield the last sentences before ``end``, the nearest first."""
    for sentence in reversed(sentence_spans(around.text[start:end])[-_SENTENCES:]):
        yield Span(start=start + sentence.start, end=start + sentence.end)
