"""Who is said to stand where: opposite things said of the same subject and the same object.

The table is general English, written by hand and no longer than news needs: ways to say one thing,
and ways to say its opposite. A negation turns one into the other. What may be, should be or is
asked for is not said.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from retriever.answer.statements import Statement, own_names
from retriever.records import Span
from retriever.text.content_words import content_words
from retriever.text.similarity import likeness
from retriever.text.terms import terms

_WHOSE = r"(?:its|his|her|their|the|all|any|full|strong|public|\w+’s|\w+'s)"
_GAVE = (
    "throws|threw|thrown|throwing|voices?|voiced|expresse[sd]|offers?|offered|gives|gave|given"
    "|pledged|pledges|declared|declares|reaffirmed|reaffirms|lends|lent"
)
_TOOK = (
    "drops?|dropped|withdraws?|withdrew|withdrawn|ends?|ended|pulls?|pulled|ceased|suspends?"
    "|suspended|abandons?|abandoned|revoked|cut|cuts|halted|halts"
)
# Each line: what is one way, and what is the other. The first pattern that fits counts.
_OPPOSITES: tuple[tuple[str, str], ...] = (
    (
        rf"(?:{_GAVE})(?: {_WHOSE})*(?: \w+)? (?:support|backing|weight|endorsement)"
        r"(?: behind)?"
        r"|supports|supported|backs|backed|endorses|endorsed|favours|favors|favoured|favored"
        r"|(?:stands|stood) by",
        rf"(?:{_TOOK})(?: {_WHOSE})*(?: \w+)? (?:support|backing|endorsement)"
        r"|opposes|opposed|condemns|condemned|rejects|rejected|denounces|denounced",
    ),
    (
        "approves|approved|passes|passed|adopts|adopted|ratifies|ratified|authorised|authorized"
        "|upheld|upholds|backed",
        "rejects|rejected|voted down|votes down|blocks|blocked|vetoes|vetoed|turned down"
        "|struck down|strikes down|overturned|defeated|threw out",
    ),
    (
        "accepts|accepted|agreed to|agrees to|welcomes|welcomed",
        "rejects|rejected|refuses|refused|declines|declined|turned down|turns down|spurned",
    ),
    (
        "confirms|confirmed|admits|admitted|acknowledges|acknowledged|claimed responsibility for",
        "denies|denied|refutes|refuted|rejected|rejects|dismissed|dismisses",
    ),
    (
        "allows|allowed|permits|permitted|legalises|legalised|legalizes|legalized",
        "bans|banned|prohibits|prohibited|bars|barred|outlaws|outlawed|forbids|forbade|forbidden",
    ),
    ("attends|attended|joined|took part in", "skips|skipped|boycotts|boycotted|stayed away from"),
    ("convicted|found guilty", "acquitted|found not guilty|cleared"),
    ("beats|beat|defeats|defeated|won against", "lost to|loses to|was beaten by|fell to"),
    ("survives|survived", "died in|was killed in|were killed in|killed in|perished in"),
    ("raises|raised|increases|increased|hiked", "lowers|lowered|cuts|cut|reduces|reduced|slashed"),
    (
        "condemns|condemned|criticises|criticised|criticizes|criticized|denounces|denounced",
        "praises|praised|hails|hailed|defends|defended|welcomes|welcomed|applauds|applauded",
    ),
    ("signs|signed", "vetoes|vetoed"),
)
_NEGATION = (
    r"(?:not|never|no longer|n['’]t|refuse[sd]? to|declin(?:es|ed) to|fail(?:s|ed) to"
    r"|stop(?:s|ped)|neither|nor)"
)
_AUXILIARY = r"(?:has|have|had|is|are|was|were|be|been|did|does|do|also|ever|now|yet)"
_BEFORE = re.compile(rf"(?:\b(?:{_AUXILIARY}|\w+ly|{_NEGATION})|n['’]t)\s*$", re.IGNORECASE)
_NEGATES = re.compile(rf"\b{_NEGATION}\b|n['’]t\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|got)\b", re.IGNORECASE)
_AGENT = re.compile(r"\s*\bby\s+", re.IGNORECASE)
# Where the object of a verb ends and the circumstances begin.
_CIRCUMSTANCE = re.compile(
    r"\s+(?:in|on|at|after|before|amid|during|over|despite|because|since|when|while|with|until"
    r"|through|following|against)\s+|[.!?]",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto\s*$", re.IGNORECASE)  # "to support": not said to have been done

_MOSTLY = 0.5  # of the words of two groups without a name: then they are of one thing


def _compiled() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return the table with base forms where only a negation or an auxiliary leads to them."""
    return tuple(
        (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{two})\b", re.IGNORECASE))
        for one, two in _OPPOSITES
    )


_AXES = _compiled()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What a statement says of somebody: on which line of the table, which way, of whom or what.

    ``span`` are the words that say it, a negation included.
    """

    axis: int
    affirms: bool
    span: Span
    subject: Span
    object: Span


def opposed(one: Statement, other: Statement) -> tuple[Span, Span] | None:
    """Return the words by which two statements say opposite things of one subject and object."""
    for first, second in product(positions_in(one), positions_in(other)):
        if (
            first.axis == second.axis
            and first.affirms != second.affirms
            and _same(one, first.subject, other, second.subject)
            and _same(one, first.object, other, second.object)
        ):
            return first.span, second.span
    return None


@lru_cache(maxsize=256)  # each statement is compared with several
def positions_in(statement: Statement) -> tuple[Position, ...]:
    """Return the positions that a statement tells of, in the order of the table."""
    return tuple(
        position
        for axis, ways in enumerate(_AXES)
        for affirms, way in zip((True, False), ways, strict=True)
        for match in way.finditer(statement.text)
        for position in _position(statement, axis, match, affirms=affirms)
    )


def _position(
    statement: Statement, axis: int, match: re.Match[str], *, affirms: bool
) -> Iterator[Position]:
    text = statement.text
    said = Span(start=match.start(), end=match.end())
    clause = statement.clause_at(said)
    verb = _with_auxiliaries(text, said, clause)
    before, after = Span(start=clause.start, end=verb.start), Span(start=said.end, end=clause.end)
    if not statement.is_real_at(said) or _TO.search(text[clause.start : said.start]):
        return
    auxiliaries = Span(start=verb.start, end=said.start).of(text)
    negations = _NEGATES.findall(auxiliaries)
    subject, acted_on = before, _without_circumstances(text, after)
    if _PASSIVE.search(auxiliaries):
        agent = _AGENT.match(text, after.start, after.end)
        if agent is None:
            return
        by = Span(start=agent.end(), end=after.end)
        subject, acted_on = _without_circumstances(text, by), before
    yield Position(
        axis=axis,
        affirms=affirms ^ (len(negations) % 2 == 1),
        span=Span(start=verb.start if negations else said.start, end=said.end),
        subject=subject,
        object=acted_on,
    )


def _without_circumstances(text: str, group: Span) -> Span:
    found = _CIRCUMSTANCE.search(text, group.start, group.end)
    return Span(start=group.start, end=found.start()) if found else group


def _with_auxiliaries(text: str, said: Span, clause: Span) -> Span:
    """Return the verb together with the auxiliaries, adverbs and negations right before it."""
    start = said.start
    while found := _BEFORE.search(text[clause.start : start]):
        start = clause.start + found.start()
    return Span(start=start, end=said.end)


def _same(one: Statement, first: Span, other: Statement, second: Span) -> bool:
    """Tell whether two groups of words speak of one: most words in common, names and last word.

    A "budget" is not the "president" whose it is; "President Putin" is "Putin".
    """
    names, others = one.names_at(first), other.names_at(second)
    if bool(names) != bool(others) or (own_names(names, others) and own_names(others, names)):
        return False
    mine, theirs = first.of(one.text), second.of(other.text)
    if names:
        return _last(mine) == _last(theirs)
    return likeness(frozenset(terms(mine)), frozenset(terms(theirs))) >= _MOSTLY


def _last(group: str) -> Sequence[str]:
    words = content_words(group)
    return terms(words[-1]) if words else []
