"""Questions of several kinds that one article should answer, and where in it their answers stand.

They are made by the form of its sentences, as English news writes them; whether the articles answer
them is for :mod:`webui.chat.examples` to ask.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from retriever import Article, Span
from webui.chat.spelt_names import NAME, full_name_of, names_in


class ExampleKind(StrEnum):
    """What a question asks for; in this order they are tried."""

    SPEECH = auto()
    NUMBER = auto()
    DOER = auto()
    TIME = auto()
    AGE = auto()
    PLACE = auto()
    PERSON = auto()
    SUBJECT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleCandidate:
    """A question, what it is about, and the words of its article that should answer.

    ``answer`` lies in ``sentence``; ``None`` where any words of the sentence may answer, and
    ``sentence`` is ``None`` where any sentence may that holds the subject.
    """

    question: str
    kind: ExampleKind
    subject: str
    article_id: str
    sentence: Span | None = None
    answer: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _QuestionForm:
    """A form of sentences, and the question that one of it answers.

    The pattern's groups are ``subject``, ``answer``, and those that the question names. ``names``
    are the groups that have to be whole names.
    """

    kind: ExampleKind
    pattern: re.Pattern[str]
    question: str
    names: tuple[str, ...] = ("subject",)


_SENTENCE_END = re.compile(r"(?<=[.!?][”\"’])\s+|(?<=[.!?])\s+|\n+")
_SPEECH = re.compile(rf"({NAME}),? (?:said|told|says)\b|\b(?:said|says) ({NAME})")

# Past tenses that are the same behind "who".
_PAST = r"(?:[a-z]{3,}ed|won|met|led|beat|wrote|built|sold|bought)"
# What is done once, so that it has a day and a place.
_DONE = (
    r"(?:born|founded|killed|arrested|elected|appointed|released|launched|opened|built|shot|buried"
    r"|charged|sentenced|fired|convicted|published|signed|acquired|established|created)"
)
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DAY = (
    rf"(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{4}}"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[12]\d{3})"
)
_FEW_WORDS = r"(?: (?!in\b|on\b|for\b)[^\s,;:]+){0,4}?"
_COUNTED = (
    r"(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds"
    r"|thousands)"
)
_HAPPENED = r"(?:killed|injured|hurt|arrested|rescued|evacuated|wounded|displaced|detained|shot)"
_MORE_OR_LESS = r"(?:(?:about|around|over|nearly|almost|roughly|at least|more than|some) )?"
_MEASURED = r"(?:percent|miles|years|months|weeks|days|hours|minutes|seconds|points)\b"
_MANY = rf"(?:(?!{_MEASURED})[a-z]{{2,}}s|people|children|women|men)"
# What somebody or something does once, and how one asks for the day of it.
_ONCE = {
    "died": "die",
    "began": "begin",
    "opened": "open",
    "closed": "close",
    "ended": "end",
    "resigned": "resign",
    "retired": "retire",
    "debuted": "debut",
    "premiered": "premiere",
}

_FORMS = (
    _QuestionForm(
        kind=ExampleKind.NUMBER,
        pattern=re.compile(
            rf"\b(?P<answer>{_COUNTED})(?: of)? (?P<subject>{_MANY}) (?P<state>were|have been)"
            rf" (?P<done>{_HAPPENED})\b(?P<place> in (?:the )?{NAME})"
        ),
        question="How many {subject} {state} {done}{place}?",
        names=(),
    ),
    _QuestionForm(
        kind=ExampleKind.NUMBER,
        pattern=re.compile(
            rf"\b(?P<done>{_HAPPENED}) {_MORE_OR_LESS}(?P<answer>{_COUNTED})(?: of)?"
            rf" (?P<subject>{_MANY})\b(?P<place> in (?:the )?{NAME})"
        ),
        question="How many {subject} were {done}{place}?",
        names=(),
    ),
    _QuestionForm(
        kind=ExampleKind.NUMBER,
        pattern=re.compile(
            rf"(?P<subject>{NAME}) has {_MORE_OR_LESS}(?P<answer>{_COUNTED})(?: of)?"
            rf" (?P<what>{_MANY})\b"
        ),
        question="How many {what} does {subject} have?",
    ),
    _QuestionForm(
        kind=ExampleKind.TIME,
        pattern=re.compile(
            rf"(?P<subject>{NAME}) (?P<once>{'|'.join(_ONCE)})(?: [a-z]+ly)? (?:in|on)"
            rf" (?P<answer>{_DAY})\b"
        ),
        question="When did {subject} {once}?",
    ),
    _QuestionForm(
        kind=ExampleKind.DOER,
        pattern=re.compile(
            rf"^(?P<answer>{NAME}) (?P<verb>{_PAST}) (?P<the>the )?(?P<subject>{NAME})"
        ),
        question="Who {verb} {the}{subject}?",
        names=("subject", "answer"),
    ),
    _QuestionForm(
        kind=ExampleKind.TIME,
        pattern=re.compile(
            rf"(?P<subject>{NAME}) was (?P<done>{_DONE}){_FEW_WORDS} (?:in|on) (?P<answer>{_DAY})\b"
        ),
        question="When was {subject} {done}?",
    ),
    _QuestionForm(
        kind=ExampleKind.PLACE,
        pattern=re.compile(
            rf"(?P<subject>{NAME}) was (?P<done>{_DONE}){_FEW_WORDS} in"
            rf" (?P<answer>(?!{_DAY}){NAME})"
        ),
        question="Where was {subject} {done}?",
    ),
    _QuestionForm(
        kind=ExampleKind.AGE,
        pattern=re.compile(rf"(?P<subject>{NAME}), (?P<answer>\d{{1,2}}),"),
        question="How old is {subject}?",
    ),
    _QuestionForm(
        kind=ExampleKind.PERSON,
        pattern=re.compile(
            rf"(?P<subject>{NAME}), (?P<answer>(?:a|an|the) [a-z][\w’'-]*(?: [\w’'-]+){{0,9}})[,.]"
        ),
        question="Who is {subject}?",
    ),
)


def candidates(article: Article) -> list[ExampleCandidate]:
    """Return questions that an article should answer, none twice, the most specific first.

    "What did X say about Y?" is made of a sentence in which X speaks and Y is named, else "What did
    X say?"; the names that occur most, and about which nothing else is asked, make "What is said
    about Y?".
    """
    sentences = [*_sentences(article.text)]
    names = Counter(name for one in sentences for name in names_in(one.of(article.text)))
    speeches = [*_speeches(article, sentences, names)]
    speakers = {one.subject for one in speeches}
    told = [one for sentence in sentences for one in _told_in(article, sentence, speakers)]
    asked = {one.question: one for one in reversed([*speeches, *told])}
    found = [*asked.values()][::-1]
    return [*found, *_subjects(article, sentences, names, besides=found)]


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if text[start : end.start()].strip():
            yield Span(start=start, end=end.start())
        start = end.end()
    if text[start:].strip():
        yield Span(start=start, end=len(text))


def _speeches(
    article: Article, sentences: Sequence[Span], names: Counter[str]
) -> Iterator[ExampleCandidate]:
    """Yield what each speaker can be asked about: first those who speak of something named."""
    known = {name for name in names if not name.startswith("the ")}
    told: dict[str, ExampleCandidate] = {}
    specific: dict[str, ExampleCandidate] = {}
    for sentence in sentences:
        text = sentence.of(article.text)
        for speaker in _speakers(text, known):
            made = ExampleCandidate(
                question=f"What did {speaker} say?",
                kind=ExampleKind.SPEECH,
                subject=speaker,
                article_id=article.id,
            )
            told.setdefault(speaker, made)
            if topic := _topic_beside(speaker, text, names):
                question = f"What did {speaker} say about {topic}?"
                specific.setdefault(speaker, replace(made, question=question, sentence=sentence))
    yield from specific.values()
    yield from (one for speaker, one in told.items() if speaker not in specific)


def _told_in(article: Article, sentence: Span, speakers: set[str]) -> Iterator[ExampleCandidate]:
    """Yield the questions that the form of one sentence answers.

    Who somebody is, is asked of those who speak: others may be towns.
    """
    text = sentence.of(article.text)
    names = {name.removeprefix("the ") for name in names_in(text)}
    whole = {name.removeprefix("the ") for name in names_in(text, complete=True)}
    for form in _FORMS:
        found = form.pattern.search(text)
        if found is None or not all(found[group] in names for group in form.names):
            continue
        if form.kind is ExampleKind.PERSON and found["subject"] not in speakers:
            continue
        if form.kind is ExampleKind.DOER and found["subject"] not in whole:
            continue
        words = found.groupdict("")
        words |= {"once": _ONCE[words["once"]]} if "once" in words else {}
        answer = Span(start=found.start("answer"), end=found.end("answer"))
        yield ExampleCandidate(
            question=form.question.format_map(words),
            kind=form.kind,
            subject=found["subject"],
            article_id=article.id,
            sentence=sentence,
            answer=answer.moved(sentence.start),
        )


def _subjects(
    article: Article,
    sentences: Sequence[Span],
    names: Counter[str],
    *,
    besides: Sequence[ExampleCandidate],
) -> Iterator[ExampleCandidate]:
    """Yield questions about the names that occur most, without those that others ask about."""
    texts = [one.of(article.text) for one in sentences]
    whole = {name for text in texts for name in names_in(text, complete=True)}
    # Counter keeps the order of first occurrence among equals, so the result is determined.
    for name, times in names.most_common():
        if times > 1 and name in whole and not any(name in one.question for one in besides):
            yield ExampleCandidate(
                question=f"What is said about {name}?",
                kind=ExampleKind.SUBJECT,
                subject=name,
                article_id=article.id,
            )


def _speakers(sentence: str, known: set[str]) -> Iterator[str]:
    for match in _SPEECH.finditer(sentence):
        if speaker := full_name_of(match.group(1) or match.group(2), known):
            yield speaker


def _topic_beside(speaker: str, sentence: str, names: Counter[str]) -> str | None:
    """Return what else the sentence names, the most frequent of it."""
    topics = [name for name in names_in(sentence) if speaker not in name and name not in speaker]
    return max(topics, key=lambda name: names[name], default=None)
