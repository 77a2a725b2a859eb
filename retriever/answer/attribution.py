"""Who says something in one sentence, as news puts it: the subject of a verb of saying.

"Reyes, the mayor, told the AP", "said Jo Reyes of the union", "according to police", and, where
words are quoted, "Reyes called it “a blow”" or "Reyes thanked them, saying: “…”". A sentence is
read as tokens, its quotations blanked out before: quoted words name nobody. Whom somebody tells is
never the speaker, and neither is a day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from retriever.answer.noun_phrases import NounPhrase, phrase_at, phrase_filling
from retriever.answer.saying_verbs import cues, has_cue, says_something
from retriever.answer.sentence_tokens import SentenceToken, is_adverb, is_verb, tokens_of, word_at
from retriever.answer.verb_subjects import (
    OPENS_BESIDE,
    clause_start,
    main_subject,
    name_before,
    subject_before,
    subject_behind,
)
from retriever.records import Span
from retriever.text.lexicon import QUOTING_PARTICIPLES, QUOTING_VERBS, SPEECH_VERBS

_DESCRIBING = frozenset("the its their his her our my".split())
_WORDS_SAID = frozenset(
    "claim claims comment comments remark remarks statement accusation assertion charge promise"
    " tweet tweets words line speech".split()
)
_NAMING = frozenset("called dubbed termed labeled labelled branded".split())
_MOST_CUES = 12  # of a sentence that are looked at
_RIGHT_BEFORE = 2  # tokens between a verb and the quotation right behind it
_NEAR = 8  # tokens between a verb and the quotation that it introduces
_INTRODUCES = 1  # how far apart a verb is from a quotation that it introduces
_FURTHEST = 25
_FAR = 99
_SAYING, _QUOTING, _ACCORDING = range(3)  # ranks


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """``speaker`` says something, with the verb at token ``cue``.

    It stands ``apart`` tokens from the nearest ``quotation``, if there is one; 0 is beside it.
    ``rank`` orders ways to say it: a verb of saying first, "according to" last.
    """

    speaker: NounPhrase
    cue: int
    apart: int
    quotation: int | None
    rank: int


def speaker_named_in(sentence: str) -> Span | None:
    """Return whom ``sentence``, its quotations blanked out, names as its speaker.

    Of several the one nearest to a quotation, then the first. ``None`` where nobody is named.
    """
    tokens = tokens_of(sentence)
    found = sorted(_attributions(tokens), key=lambda one: (one.apart, one.rank, one.cue))
    if not found or _several_speak(tokens, found):
        return None
    best = _with_apposition(tokens, found[0].speaker)
    return Span(start=tokens[best.start].start, end=tokens[best.end - 1].end)


def _with_apposition(tokens: Sequence[SentenceToken], phrase: NounPhrase) -> NounPhrase:
    """Return a description with the name that follows it: "their teacher, Jo Reyes"."""
    words = tokens[phrase.start : phrase.end]
    described = words[0].lower in _DESCRIBING or words[0].lower.endswith(("'s", "s'"))
    if not described or any(word.is_name for word in words[1:]):
        return phrase
    start = phrase.end
    while start < len(tokens) and tokens[start].is_word and start < phrase.end + 3:
        start += 1  # the forester in charge, Jo Reyes
    if word_at(tokens, start) != ",":
        return phrase
    name = phrase_at(tokens, start + 1)
    named = name and all(word.is_name for word in tokens[name.start : name.end])
    ends = name and (name.end == len(tokens) or tokens[name.end].text in ",.;")
    return NounPhrase(start=phrase.start, end=name.end) if name and named and ends else phrase


def _several_speak(tokens: Sequence[SentenceToken], found: Sequence[Attribution]) -> bool:
    """Tell whether the sentence quotes two speakers in two quotations."""
    by_quotation: dict[int, NounPhrase] = {}
    for one in found:
        if one.quotation is not None and one.apart <= _INTRODUCES and one.rank < _ACCORDING:
            by_quotation.setdefault(one.quotation, one.speaker)
    names = [{word.text for word in tokens[one.start : one.end]} for one in by_quotation.values()]
    return any(not (one <= names[0] or names[0] <= one) for one in names)


def _attributions(tokens: Sequence[SentenceToken]) -> Iterator[Attribution]:
    """Yield who says what, verb by verb."""
    quoted = [n for n, token in enumerate(tokens) if token.is_quotation]
    for place in islice(cues(tokens), _MOST_CUES):
        token, lowered = tokens[place], tokens[place].lower
        if lowered == "according":
            yield from _according(tokens, place, quoted)
        elif lowered in SPEECH_VERBS and says_something(tokens, place):
            yield from _said(tokens, place, quoted)
        elif quoted and lowered in QUOTING_VERBS and says_something(tokens, place):
            yield from _called(tokens, place, quoted)
        elif quoted and lowered in QUOTING_PARTICIPLES:
            yield from _saying(tokens, place, quoted)
        elif token.text == ":":
            yield from _before_colon(tokens, place)


def _said(
    tokens: Sequence[SentenceToken], place: int, quoted: Sequence[int]
) -> Iterator[Attribution]:
    """Yield the subject of a verb of saying, behind it or before it."""
    subject = inverted = subject_behind(tokens, place)
    if not subject:
        subject = subject_before(tokens, place)
    if not subject and _after_conjunction(tokens, place):
        subject = main_subject(tokens, place)
    if subject:
        start, end = (place, subject.end) if inverted else (subject.start, place + 1)
        apart, quotation = _nearest(tokens, start, end, quoted)
        if _is_parenthesis(tokens, subject, place):
            apart = 0
        introduces = apart <= _INTRODUCES and quotation is not None and quotation > place
        if introduces or inverted or not _is_beside(tokens, subject):
            yield Attribution(
                speaker=subject, cue=place, apart=apart, quotation=quotation, rank=_SAYING
            )


def _is_parenthesis(tokens: Sequence[SentenceToken], subject: NounPhrase, place: int) -> bool:
    """Tell whether all between two commas is who says it: "The council, Reyes said, is late"."""
    around = word_at(tokens, subject.start - 1), word_at(tokens, place + 1)
    goes_on = place + 2 < len(tokens) and is_verb(tokens[place + 2])
    return around == (",", ",") and subject.end == place and goes_on


def _called(
    tokens: Sequence[SentenceToken], place: int, quoted: Sequence[int]
) -> Iterator[Attribution]:
    """Yield the subject of a verb that tells of saying only where words are quoted."""
    after = next((n for n in quoted if n > place), None)
    before = next((n for n in reversed(quoted) if place - 3 <= n < place), None)
    subject, quotation = None, after
    if after is None and before is not None:
        subject, quotation = subject_behind(tokens, place), before
        subject = subject or _put_by(tokens, place, before)
    elif after and not _other_clause(tokens, place + 1, after) and not _is_named_so(tokens, after):
        subject = subject_before(tokens, place)
        if not subject and _after_conjunction(tokens, place):
            subject = main_subject(tokens, place)
        if subject and (
            _is_told(tokens, subject)
            or _is_of_another(tokens, place, after)
            or _is_a_name(tokens, subject, place)
        ):
            subject = None
    if subject and quotation is not None:
        apart = _apart(quotation - place - 1)
        yield Attribution(
            speaker=subject, cue=place, apart=apart, quotation=quotation, rank=_QUOTING
        )


def _is_named_so(tokens: Sequence[SentenceToken], quotation: int) -> bool:
    """Tell whether others say it: "the plan, dubbed “a revolution” by ministers"."""
    return word_at(tokens, quotation + 1) == "by"


def _is_a_name(tokens: Sequence[SentenceToken], subject: NounPhrase, place: int) -> bool:
    """Tell whether what is quoted names the subject: "a service called “Max”"."""
    if tokens[place].lower not in _NAMING or not tokens[place + 1].is_quotation:
        return False
    named = any(token.is_name for token in tokens[subject.start + 1 : subject.end])
    alone = subject.end - subject.start == 1
    return not (named or alone) and word_at(tokens, subject.start - 1) not in ("what", "which")


def _put_by(tokens: Sequence[SentenceToken], place: int, quotation: int) -> NounPhrase | None:
    """Return the subject right behind a quotation: “No,” Reyes agreed; “No,” as Reyes put it."""
    subject = subject_before(tokens, place)
    between = tokens[quotation + 1 : subject.start] if subject else ()
    return subject if all(token.lower in (",", "as") for token in between) else None


def _saying(
    tokens: Sequence[SentenceToken], place: int, quoted: Sequence[int]
) -> Iterator[Attribution]:
    """Yield the subject of "…, saying “no”", or whom somebody quotes "as saying"."""
    after = next((n for n in quoted if n > place), None)
    if after is None or _other_clause(tokens, place + 1, after):
        return
    end = place
    while end > 0 and is_adverb(tokens[end - 1]):
        end -= 1
    before = word_at(tokens, end - 1)
    subject = name_before(tokens, end - 1 if before == "as" else end)
    if not subject and (before in ("", "by", "and", ",") or not tokens[end - 1].is_word):
        subject = main_subject(tokens, place)
    if subject:
        apart = _apart(after - place - 1)
        yield Attribution(speaker=subject, cue=place, apart=apart, quotation=after, rank=_QUOTING)


def _before_colon(tokens: Sequence[SentenceToken], colon: int) -> Iterator[Attribution]:
    """Yield the name that introduces a quotation by itself: "Jo Reyes: “No.”"."""
    start = clause_start(tokens, colon)
    found = phrase_filling(tokens, start, colon)
    words = tokens[start:colon]
    named = len(words) > 1 and all(word.is_name or word.lower == "and" for word in words)
    if found and named and found.start == start:
        yield Attribution(speaker=found, cue=colon, apart=0, quotation=colon + 1, rank=_SAYING)


def _according(
    tokens: Sequence[SentenceToken], place: int, quoted: Sequence[int]
) -> Iterator[Attribution]:
    """Yield whom something is according to; of "a statement from the ministry" the ministry."""
    start = place + 2
    words = [word_at(tokens, start + n) for n in range(3)]
    if words[:2] == ["a", "statement"] and words[2] in ("from", "by"):
        start += 3
    speaker = phrase_at(tokens, start)
    if speaker:
        apart, quotation = _nearest(tokens, place, speaker.end, quoted)
        yield Attribution(
            speaker=speaker, cue=place, apart=apart, quotation=quotation, rank=_ACCORDING
        )


def _after_conjunction(tokens: Sequence[SentenceToken], place: int) -> bool:
    """Tell whether a verb has no subject of its own: "… and said"."""
    before = place - 1
    while before > 0 and is_adverb(tokens[before]):
        before -= 1
    return word_at(tokens, before) in ("and", "but", "then") or before == 0


def _is_beside(tokens: Sequence[SentenceToken], subject: NounPhrase) -> bool:
    """Tell whether the clause stands beside another: "While Reyes said no, …"."""
    words = [word_at(tokens, subject.start - back) for back in (1, 2)]
    return words[0] in OPENS_BESIDE or (words[1] in OPENS_BESIDE and words[0] != ",")


def _is_told(tokens: Sequence[SentenceToken], subject: NounPhrase) -> bool:
    """Tell whether somebody else says that the subject does: "Reyes said that Okafor called …"."""
    before = [word_at(tokens, subject.start - back) for back in range(1, 5)]
    verbs = SPEECH_VERBS | QUOTING_VERBS
    return before[0] in verbs or (before[0] == "that" and not verbs.isdisjoint(before))


def _is_of_another(tokens: Sequence[SentenceToken], start: int, end: int) -> bool:
    """Tell whether what is quoted is another's: "blamed Reyes’s claim that Okafor “lied”"."""
    return any(
        one.lower.endswith("'s") and other.lower in _WORDS_SAID
        for one, other in pairwise(tokens[start:end])
    )


def _other_clause(tokens: Sequence[SentenceToken], start: int, end: int) -> bool:
    """Tell whether another verb of saying stands between a verb and a quotation."""
    words = {token.lower for token in tokens[start:end]}
    return bool(words & {"who", "while"}) or has_cue(tokens[start:end]) or end - start > _FURTHEST


def _nearest(
    tokens: Sequence[SentenceToken], start: int, end: int, quoted: Sequence[int]
) -> tuple[int, int | None]:
    """Return how far ``tokens[start:end]`` are from the nearest quotation, and which that is."""
    gaps: list[tuple[int, int | None]] = [(_FAR, None)]
    for place in quoted:
        if place >= end:
            near = place - end <= _NEAR and not has_cue(tokens[end:place])
            gaps.append((_apart(place - end) if near else place - end + _NEAR, place))
        elif place < start:
            beside = all(token.text in ",–—-" for token in tokens[place + 1 : start])
            gaps.append((0 if beside else start - place + _NEAR, place))
    return min(gaps, key=lambda gap: gap[0])


def _apart(between: int) -> int:
    """Return 0 for a verb right before a quotation, 1 for one that still introduces it."""
    return 0 if between <= _RIGHT_BEFORE else _INTRODUCES if between <= _NEAR else between
