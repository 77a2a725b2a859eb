"""Author, publisher and date words of a question, read as filters.

A name is read only where the index has such an author or publisher *and* the words around it say
that its articles are meant: "articles by …", "according to …", "What did … say about", "CNN on
Ukraine". "What did CNN's owner do?" and "Who bought it from CNN?" are about CNN. A person may be
written about as well as write, so that "according to Jane Doe" and "What did Jane Doe say?" are no
filters; nor is the day of an event, which later articles tell of too: only "articles from June
2023" and the like are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from retriever.index.store import Store
from retriever.query.publication_dates import NamedDate, dates_named, day_after, day_before
from retriever.query.question import Question
from retriever.query.source_names import source_names
from retriever.records import Filters, Span
from retriever.text.lexicon import FUNCTION_WORDS
from retriever.text.terms import words

MOST_NAMED = 6  # sources, and dates; a question with more is a text, and each takes a while
# Stand for a publisher, an author and a date; no question holds them (see checked_question).
_P, _A, _D = "\ue000", "\ue001", "\ue002"
_ANY = f"[{_P}{_A}]"
_ARTICLE = (
    r"(?:articles?|stories|story|reports?|reporting|coverage|pieces?|columns?|headlines?|news)"
)
_ARTICLES = r"(?:articles|stories|reports|reporting|coverage|pieces|columns|headlines|news)"
_SAY = (
    r"(?:say|said|saying|report|reported|reporting|write|written|writing|wrote|publish|published)"
)
_WRITE = r"(?:write|written|writing|wrote|report|reported|reporting|publish|published)"
_DID = r"(?:did|does|do|has|have|had)"
_ABOUT = r"(?:about|on|of|regarding|concerning)"
_TELL_ME = r"^(?:(?:can|could|would)\s+you\s+)?(?:(?:tell|show)\s+(?:me|us)\s+)?"
_AT_THE_END = r"(?=\s*[?.!]*$)"
# Behind the name nothing may go on with it: "according to CNN anchor Jake Tapper".
_ENDS = (
    rf"(?=\s*$|\s*[,.;:?!)—–-]|\s+(?:{'|'.join(sorted(FUNCTION_WORDS - {'and', 'or', 'to'}))})\b"
    r"|\s+mention\b)"
)
# "Show me the latest articles", and nothing before that.
_OPENING = (
    r"^(?:please\s+)?(?:(?:can|could|would)\s+you\s+)?"
    r"(?:(?:show|give|find|list|tell|get|summari[sz]e)\s+(?:me\s+)?|(?:are|is)\s+there\s+)?"
    r"(?:(?:all|any|the|some|of|which|what|how\s+many|recent|latest|newest|last|most)\s+)*"
)


def _frames(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


# What is cut is the group "cut"; the rest is asked of the articles that are left.
_SOURCE_FRAMES = _frames(
    # articles by NAME, stories in NAME, articles on this and that by NAME
    rf"\b(?:{_ARTICLE}|everything|anything|all)(?P<cut>\s+(?:(?:that|which)\s+)?"
    r"(?:(?:are|is|were|was|have\s+been)\s+)?(?:written\s+|published\s+)?"
    rf"(?:by|from)\s+{_ANY}){_ENDS}",
    rf"\b{_ARTICLE}(?P<cut>\s+(?:in|(?:published|printed)\s+(?:in|on))\s+{_P}){_ENDS}",
    rf"{_OPENING}{_ARTICLES}\b.+(?P<cut>\s(?:written\s+|published\s+)?by\s+{_ANY}){_AT_THE_END}",
    rf"{_OPENING}{_ARTICLES}\b.+(?P<cut>\s(?:from|published\s+(?:in|on))\s+{_P}){_AT_THE_END}",
    # according to NAME
    rf"(?P<cut>(?:,\s*)?\b(?:according\s+to|as\s+reported\s+(?:by|in))\s+{_P}{_ENDS},?)",
    # what did NAME say about it, what was written by NAME about it
    rf"(?P<cut>{_TELL_ME}(?:what|how)\s+{_DID}\s+{_P}\s+{_SAY}(?:"
    rf"\s+{_ABOUT}\b|{_AT_THE_END}|(?=\s+happen)))",
    rf"(?P<cut>{_TELL_ME}what\s+{_DID}\s+{_ANY}['’]s?\s+{_ARTICLES}\s+{_SAY}(?:"
    rf"\s+{_ABOUT}\b|{_AT_THE_END}))",
    rf"^(?P<cut>(?:what|how)\s+{_DID}\s+{_P}\s+(?:cover|describe)d?\s)(?=\w)",
    rf"^(?P<cut>(?:what|how)\s+(?:is|was|are|were)\s+{_P}\s+{_SAY}\s+{_ABOUT}\b)",
    rf"(?P<cut>{_TELL_ME}what\s+{_P}\s+(?:says|said|reports|reported|writes|wrote)\s+{_ABOUT}\b)",
    rf"^(?P<cut>what\s+(?:{_DID}|is|was)\s+{_A}\s+{_WRITE}(?:\s+{_ABOUT}\b|{_AT_THE_END}))",
    rf"^(?P<cut>what\s+(?:was|is|has\s+been)\s+{_SAY}\s+(?:by|in|on)\s+{_P}(?:"
    rf"\s+{_ABOUT}\b|{_ENDS}))",
    rf"^(?P<cut>what\s+(?:was|is|has\s+been)\s+{_WRITE}\s+by\s+{_A}(?:\s+{_ABOUT}\b|{_ENDS}))",
    rf"^(?P<cut>{_DID}\s+{_A}\s+{_WRITE}\s+(?:(?:anything|something|more)\s+)?{_ABOUT}\b)",
    rf"^(?P<cut>{_DID}\s+{_P}\s+(?:{_SAY}|mention)\s+(?:(?:anything|something|more)"
    rf"\s+)?{_ABOUT}\b)",
    rf"\b(?:which|what)\s+{_ARTICLES}(?P<cut>\s+{_DID}\s+{_ANY}\s+{_WRITE})\b",
    # NAME's articles, the latest CNN reports
    rf"(?P<cut>{_ANY}['’]s?\s+)(?:(?:latest|recent|newest|last)\s+)?{_ARTICLES}{_ENDS}",
    rf"(?P<cut>{_P}\s+){_ARTICLES}{_ENDS}",
    rf"^(?P<cut>{_P}['’]s?\s+(?:(?:latest|recent|newest|last)\s+)?"
    rf"(?:article|story|report|piece)\s+{_ABOUT})\b",
    # CNN on Ukraine
    rf"^(?P<cut>{_P}(?:\s+(?:on|about)\b|:))(?=\s+\w)",
)
_IN = (
    r"(?:from|of|on|in|dated|(?P<since>since)|(?P<after>after)|(?P<before>before)"
    r"|(?P<until>until|till))"
)
_DATE_FRAMES = _frames(
    rf"\b{_ARTICLES}(?P<cut>\s+(?:(?:published|dated|written)\s+)?{_IN}\s+{_D}){_ENDS}",
    rf"{_OPENING}{_ARTICLES}\b.*(?P<cut>\s(?:published|dated|printed)\s+{_IN}\s+{_D}){_ENDS}",
    rf"{_OPENING}{_ARTICLES}\b.+(?P<cut>\sfrom\s+{_D}){_AT_THE_END}",
    rf"{_OPENING}{_ARTICLES}\s+mention\s.+(?P<cut>\s{_IN}\s+{_D}){_AT_THE_END}",
    rf"(?P<cut>{_D}['’]s?\s+){_ARTICLES}\b",
    rf"\bin\s+the\s+news(?P<cut>\s+(?:(?:on|in|of)\s+)?{_D}){_ENDS}",
)
# Where a source is asked for a subject, the date behind it is when it was published.
_SUBJECT_DATE = _frames(rf"(?P<cut>(?:^|\s)(?:(?:in|on|from)\s+)?{_D}){_AT_THE_END}")
_BARE_DAY = _frames(rf"\b(?:news|headlines)(?P<cut>\s+{_D}){_ENDS}")  # "the news today"
# Where nothing else answers: what happened on a day, the news of that day tells.
_NEWS_OF_A_DAY = _frames(
    rf"^(?P<cut>what\s+(?:happened|was\s+(?:reported|published))\s+(?:on|in)\s+{_D}){_AT_THE_END}"
)
_NEWS_OF_A_SOURCE = _frames(
    rf"^(?P<cut>what\s+{_DID}\s+{_P}\s+{_SAY})(?=\s+(?:in|on)\s+[^?]{{0,20}}\d{{4}}\W*$)"
)
# What speaks of the source itself is no question to its articles.
_OF_ITSELF = re.compile(
    r"\b(?:its|their|his|her|itself|themselves|himself|herself)\b", re.IGNORECASE
)
_ASKING = re.compile(
    r"(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """What a question says of the articles that it is put to, and what is left of it to ask.

    ``filters`` are those that were read from the words, no others.
    """

    filters: Filters
    rest: str


def read_source_words(
    question: Question, store: Store, *, by_day: bool = False
) -> SourceWords | None:
    """Return the filters that the words of a question name; ``None`` without any.

    What the asker chose otherwise, or took back, is not read. ``by_day``, the day of an event is
    read as that of the articles: "What happened on 5 May 2023?", where no sentence tells.
    """
    read = SourceWords(filters=Filters(), rest=question.text)
    frames = _SOURCE_FRAMES + (_NEWS_OF_A_SOURCE if by_day else ())
    while further := _source_read(read, question, store, frames):
        read = further
    read = _date_read(read, question, by_day=by_day) or read
    return read if read.filters != Filters() else None


def _source_read(
    so_far: SourceWords, question: Question, store: Store, frames: tuple[re.Pattern[str], ...]
) -> SourceWords | None:
    """Return what is known with one source more; ``None`` when no other is named."""
    for source in islice(source_names(store).named_in(so_far.rest), MOST_NAMED):
        read: dict[str, str] = {source.field: source.value}
        if source.field in so_far.filters.to_dict() or not _is_open(read, question):
            continue
        mark = _P if source.field == "publisher" else _A
        cut = _cut(so_far.rest, source.span, mark, frames)
        if cut and not _OF_ITSELF.search(rest := _without(so_far.rest, cut)):
            return SourceWords(filters=replace(so_far.filters, **read), rest=rest)
    return None


def _date_read(so_far: SourceWords, question: Question, *, by_day: bool) -> SourceWords | None:
    """Return what is known with the date of publication; ``None`` when none is named."""
    for named in islice(dates_named(so_far.rest, question.today), MOST_NAMED):
        frames = _DATE_FRAMES
        if so_far.filters != Filters() and not _ASKING.match(so_far.rest):
            frames += _SUBJECT_DATE
        if by_day and not question.history:
            frames += _NEWS_OF_A_DAY
        if not any(char.isdigit() for char in named.span.of(so_far.rest)):
            frames += _BARE_DAY
        cut = _cut(so_far.rest, named.span, _D, frames)
        read = _window(named, cut) if cut else {}
        if cut and _is_open(read, question):
            rest = _without(so_far.rest, cut)
            return SourceWords(filters=replace(so_far.filters, **read), rest=rest)
    return None


def _cut(text: str, name: Span, mark: str, frames: tuple[re.Pattern[str], ...]) -> "_Cut | None":
    """Return what a frame cuts around a name, by places in ``text``; ``None`` without a frame."""
    masked = text[: name.start] + mark + text[name.end :]
    for frame in frames:
        for match in frame.finditer(masked):
            start, end = match.span("cut")
            if start <= name.start < end:
                longer = name.end - name.start - len(mark)
                relation = {key for key, value in match.groupdict().items() if value} - {"cut"}
                return _Cut(span=Span(start=start, end=end + longer), relation="".join(relation))
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """The words that name a source, and how a date relates to it: "since", "before", nothing."""

    span: Span
    relation: str


def _without(text: str, cut: _Cut) -> str:
    """Return what is left to ask; a subject alone loses the question mark with its verb."""
    left = f"{text[: cut.span.start]} {text[cut.span.end :]}"
    rest = re.sub(r"\s+([,;:?.!])", r"\1", " ".join(left.split())).strip(" ,:;")
    return rest if _ASKING.match(rest) else rest.rstrip(" ?.!")


def _window(named: NamedDate, cut: _Cut) -> dict[str, str]:
    """Return the filters that let through what was published when a question says."""
    known = named.date
    if cut.relation in {"since", "after"}:
        return {"after": known.isoformat() if cut.relation == "since" else day_after(known)}
    if cut.relation in {"before", "until"}:
        return {"before": known.isoformat() if cut.relation == "until" else day_before(known)}
    return {"after": known.isoformat(), "before": known.isoformat()}


def _is_open(read: Mapping[str, str], question: Question) -> bool:
    """Tell whether filters may be read: none of their kind was chosen, nor taken back."""
    chosen, dates = question.filters.to_dict(), {"after", "before"}
    kinds = dates if dates & read.keys() else read.keys()
    taken_back = any(set(words(value)) <= question.without for value in read.values())
    return not (kinds & chosen.keys() or taken_back)
