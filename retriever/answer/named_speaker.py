"""Whether a sentence tells the words of the one whom a question names: "What did Ding say?".

More generous than :mod:`retriever.answer.speakers`, which says who speaks: here the name is known,
and it has only to stand where a speaker stands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from retriever.answer.sentence_context import Sentence, sentence_at, speaker_in
from retriever.answer.speakers import speaker_of
from retriever.index.generation import Generation
from retriever.records import Quote, Span
from retriever.text.content_words import capitalised, folded, is_content, words_of
from retriever.text.lexicon import SPEECH_VERB
from retriever.text.quotations import without_double_quoted
from retriever.text.terms import WORD, terms, words

_JOINS_A_NAME = {"of", "and", "for", "the", "de", "van", "von", "al", "bin", "&"}
_MARK = re.compile(r"[“”\"‘„«»]")
_PRONOUN_SAYS = re.compile(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\s+(?:\w+\s+){{0,2}}{SPEECH_VERB}\b")
# What news says of the words of somebody without saying "said".
_TELLS = (
    rf"(?:{SPEECH_VERB}|call(?:s|ed|ing)|describ(?:es|ed|ing)|prais(?:es|ed|ing)"
    r"|critici[sz](?:es|ed|ing)|blam(?:es|ed|ing)|condemn(?:s|ed|ing)|believes?|believed|thinks?"
    r"|thought|expects?|expected|hopes?|hoped|fears?|feared|demand(?:s|ed)|reject(?:s|ed)"
    r"|dismiss(?:es|ed)|welcom(?:es|ed)|express(?:es|ed)|voic(?:es|ed)|post(?:s|ed)|sp(?:oke|eaks)"
    r"|likened|compared|wants?|wanted|sees?|saw|saying|telling|adding|warning|doubts?|doubted"
    r"|recommend(?:s|ed)|propos(?:es|ed)|agre(?:es|ed))"
)
SAME_NAME = 0.75  # of two spellings of a surname behind the same first name: "Okonwe", "Okonwey"
BESIDE = 40  # characters beside "the minister" in which the name of the minister may stand
_BACK = 2  # sentences before one in which the speaker of a quotation is looked for


@dataclass(frozen=True, kw_only=True)
class NamedSpeaker:
    """The one whom a question names as the speaker.

    ``name`` are the words of a name, as they are written, empty for one who is told by what they
    are; ``role`` are then its index terms: "the prime minister of Ostrey". ``spellings`` are other
    folded forms of the last word of the name.
    """

    name: tuple[str, ...]
    role: frozenset[str]
    spellings: frozenset[str] = frozenset()

    def tells(self, sentence: Sentence, generation: Generation) -> bool:
        """Tell whether a sentence gives words of the speaker's, said there or just around it."""
        if self.speaks_in(sentence):
            return True
        if speaker_in([sentence]) or not _may_continue(sentence.text):
            return False
        for other in _before(sentence, generation):
            if speaker_in([other]) or self.speaks_in(other):
                return self.speaks_in(other)
        after = _in_article(sentence, sentence.row + 1, generation)
        return bool(
            after
            and _MARK.match(sentence.text)
            and _MARK.match(after.text)
            and "\n" not in sentence.article.text[sentence.span.end : after.span.start]
            and self.speaks_in(after)
        )

    def speaks_in(self, sentence: Sentence) -> bool:
        """Tell whether a sentence says by itself that these are words of the speaker's."""
        said = without_double_quoted(sentence.text)
        if not self.name:
            return self._in_role(sentence, said)
        text, span = sentence.article.text, _speaker_span(sentence)
        own = span.of(text) if span else None
        known = self._known_as(text)
        if own and known & {*words(own)}:
            return True
        if span and not span.overlap(sentence.span):  # "she said", of whom a sentence before tells
            return bool(known & {*words(_described(span, text))})
        # "The finance minister, Jane Doe, said": who speaks is named beside the description.
        other_named = own is not None and capitalised(WORD.findall(own)[1:] or [own])
        stands = _speaks_too if other_named else _stands_as_speaker
        return any(stands(word, said) for word in known)

    def _in_role(self, sentence: Sentence, said: str) -> bool:
        """Tell whether one in the role speaks, or one of whom the article says that they are."""
        if not (speaker := speaker_in([sentence])):
            return False
        if self.role <= {*terms(said)}:
            return True
        names = [match.group() for match in words_of(speaker) if match.group()[0].isupper()]
        return any(
            self.role <= {*terms(line)} and any(name in line for name in names)
            for line in sentence.article.text.split("\n")
        )

    def _known_as(self, text: str) -> set[str]:
        """Return the folded words by which ``text`` may call the speaker.

        The last word of the name, in every spelling that follows the first; and the first, where
        nobody else there has it: "Xi Jinping".
        """
        first, last = self.name[0], folded(self.name[-1])
        if len(self.name) == 1:
            return {last, *self.spellings}
        behind = surnames_behind(first, text)
        same = {other for other in behind if is_same_surname(other, last)}
        alone = {folded(first)} if behind == same else set()
        return {last, *self.spellings, *same, *alone}


def surnames_behind(first: str, text: str) -> set[str]:
    """Return the folded words with a capital that follow a first name in a text."""
    return {*map(folded, re.findall(rf"\b{re.escape(first)}\s+([A-Z][\w’'-]+)", text))}


def is_same_surname(one: str, other: str) -> bool:
    """Tell whether two folded surnames behind the same first name are one in two spellings."""
    return OSA.normalized_similarity(one, other) >= SAME_NAME


def named_speaker(who: str, variants: Mapping[str, str] | None = None) -> NamedSpeaker | None:
    """Return whom a question names; ``None`` where it is no name: "analysts", "people".

    ``variants`` are terms that the corpus holds for the same name → the term of the question.
    """
    found = [match.group() for match in words_of(who)]
    while found and found[0].lower() == "the":
        del found[0]
    capitals = [word for word in found if word[0].isupper() and is_content(word)]
    if not capitals:
        return None
    run = _last_name(found)
    if run:
        own = {*terms(run[-1])}
        spellings = {other for other, term in (variants or {}).items() if term in own}
        return NamedSpeaker(name=tuple(run[-2:]), role=frozenset(), spellings=frozenset(spellings))
    lower = " ".join(word for word in found if word.islower())
    return NamedSpeaker(name=(), role=frozenset(terms(lower)))


def _last_name(found: list[str]) -> list[str]:
    """Return the words with a capital that end a phrase; none where they belong to a role.

    "finance minister Oskar Wendt" ends in a name, "the prime minister of Ostrey" in a role.
    """
    run: list[str] = []
    for place in range(len(found) - 1, -1, -1):
        word = found[place]
        if word[0].isupper():
            run.insert(0, word)
        elif word not in _JOINS_A_NAME or not run:
            break
        elif not (place and found[place - 1][0].isupper()):
            return []
    return [word for word in run if is_content(word)]


def _stands_as_speaker(word: str, said: str) -> bool:
    """Tell whether a folded word stands where one who speaks does, outside quotation marks."""
    name = re.escape(word)
    patterns = (
        rf"(?<!to )(?<!by )\b{name}\w?(?!['’]s)\b[^.;“”\"]{{0,80}}?"
        rf"(?<!was )(?<!were )(?<!been )\b{_TELLS}\b(?! by\b)",
        rf"[,”\"’]\s*{SPEECH_VERB}\s+[^.,;]{{0,60}}?\b{name}\b",
        rf"\b{SPEECH_VERB}\b[^.;]{{0,30}}\bby\s+[^.;]{{0,40}}?\b{name}\b",
        rf"\b(?:according to|in the words of|(?:comments?|statement) (?:by|from))\s+[^.;]{{0,40}}?"
        rf"\b{name}\b",
        rf"\b{name}['’]s?\s+(?:\w+\s+){{0,3}}"
        r"(?:words|view|opinion|statement|comments?|remarks?)\b",
    )
    return any(re.search(pattern, said, re.IGNORECASE) for pattern in patterns)


def _speaker_span(sentence: Sentence) -> Span | None:
    """Return where the speaker of a sentence is named, which may be before it."""
    span = sentence.span
    return speaker_of(Quote(article=sentence.article, start=span.start, end=span.end, score=0))


def _described(span: Span, text: str) -> str:
    """Return the words around a description of somebody, in its line: their name beside it."""
    before = text[max(0, span.start - BESIDE) : span.start].rpartition("\n")[2]
    behind = text[span.end : span.end + BESIDE].partition("\n")[0]
    return before + span.of(text) + behind


def _speaks_too(word: str, said: str) -> bool:
    """Tell whether a folded word names one of several who speak: "Both Ding and Su said"."""
    name = rf"\b{re.escape(word)}\b(?:,[^,]{{0,80}},)?"
    others = r"(?:\s+(?:and|or|of|from|at|for)\s+[^,;]{1,40}?)?"
    pattern = rf"{name}{others},?\s+(?:\w+\s+)?{SPEECH_VERB}\b(?! by\b)"
    return bool(re.search(pattern, said, re.IGNORECASE))


def _may_continue(text: str) -> bool:
    """Tell whether a sentence without a speaker of its own may go on with somebody's words."""
    return bool(_MARK.match(text) or _PRONOUN_SAYS.search(text))


def _before(sentence: Sentence, generation: Generation) -> Iterator[Sentence]:
    """Yield the sentences just before, the nearest first."""
    for step in range(1, _BACK + 1):
        other = _in_article(sentence, sentence.row - step, generation)
        if other:
            yield other


def _in_article(sentence: Sentence, row: int, generation: Generation) -> Sentence | None:
    """Return the sentence in ``row`` if it is of the same article."""
    if not 0 <= row < len(generation.sentences):
        return None
    other = sentence_at(row, generation)
    return other if other and other.article.id == sentence.article.id else None
