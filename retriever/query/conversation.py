"""Follow-up questions: what a question leans on is carried over from the turns before it.

No language model rewrites anything. One number nearly decides whether a question stands alone: how
near its nearest passage is when it is searched as typed. "Did he marry?" is near to nothing. What
leans is searched both as typed and together with what it leans on, mixed by how much it leans, so
a wrong guess costs little. Only the user's turns are read; adding the answers did not help.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from retriever.encoders.profiles import EncoderProfile
from retriever.query.analysis import Analysis
from retriever.query.completion import Likeness, completed
from retriever.query.question import MAX_CHARACTERS, Question
from retriever.query.subjects import name_spans, subject_places
from retriever.text.content_words import (
    content_words,
    folded,
    has_personal_pronoun,
    is_content,
    words_of,
)
from retriever.text.lexicon import NO_SUBJECT, NO_SUBJECT_ENDINGS

# On the scale of the bundled encoder's cosines (see retriever.encoders.profiles), set on canard and
# checked on inscit, mtrag and cast21.
LEANS_FULLY = 0.40  # this near or less, a question counts only together with what it leans on
STANDS_ALONE = 0.60  # this near or more, it is searched exactly as typed
STARTS_TOPIC = 0.55  # an earlier question this near, without a pronoun, is where the topic begins
PRONOUN_SHIFT = 0.10  # added to the bounds for a question with a pronoun and no name
WORD_SHIFT = 0.06  # taken from them for each content word beyond FEW_WORDS: it says enough itself
FEW_WORDS = 3
NAMED_LEAN = 0.30  # the most that a question may lean whose names were all named before
LEAST_LEAN = 0.10  # leaning less is not worth showing to the reader
TURNS = 8  # how many earlier questions are looked at
_MEANING = re.compile(
    r"(?:and\s+)?what(?:['’]s|\s+is|\s+are|\s+does)\s+(?:an?\s+)?"
    r"(?P<subject>[\w-]+(?:\s+[\w-]+){0,2}?)(?:\s+mean)?\s*[?.]*",
    re.IGNORECASE,
)

# Returns for each text the cosine of the passage that is nearest to it.
Nearness = Callable[[Sequence[str]], Sequence[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a question takes over from its conversation.

    ``lean`` is in [0, 1]: 0 stands alone, 1 means nothing without the earlier questions, which
    are ``turns``, oldest first. ``phrases`` are what those are about, in their own words; ``text``
    is the question, with those of them that it leaves out for certain in their place.
    """

    lean: float
    turns: tuple[str, ...]
    phrases: tuple[str, ...]
    text: str

    @property
    def beside(self) -> tuple[str, ...]:
        """The phrases that are searched beside the text, for it does not hold them."""
        return tuple(phrase for phrase in self.phrases if phrase not in self.text)


def context_of(
    analysis: Analysis, nearness: Nearness, likeness: Likeness, profile: EncoderProfile
) -> Context:
    """Return what a question leans on in its history; no phrases when it stands alone.

    Words that the asker took back are not carried over, nor the turns that hold them as a whole.
    """
    question = analysis.question
    earlier = asked_before(question)
    alone = Context(lean=0.0, turns=(), phrases=(), text=question.text)
    if not earlier:
        return alone
    full = completed(question.text, earlier, likeness)
    if full and question.without & {folded(w) for run in full.put_in for w in content_words(run)}:
        full = None
    if full:
        return replace(alone, phrases=full.put_in, text=full.text)
    own, *others = map(profile.on_scale, nearness([question.text, *earlier]))
    lean = leaning(analysis, earlier, own)
    turns = tuple(topic_of(earlier, others))
    phrases = tuple(phrases_of(turns, question.text, without=question.without))
    if not (lean and phrases):
        return alone
    return Context(
        lean=lean,
        turns=phrases if question.without else turns,
        phrases=phrases,
        text=question.text,
    )


def leaning(analysis: Analysis, earlier: Sequence[str], nearness: float) -> float:
    """Return how much a question leans on the ``earlier`` ones, in [0, 1].

    One that brings a new name, or words in quotation marks, changes the topic and does not lean,
    unless it refers back; nor does one for what a new word means.
    """
    known = {folded(match.group()) for text in earlier for match in words_of(text)}
    if (analysis.names - known or analysis.quoted) and not analysis.refers_back:
        return 0.0
    if _asks_for_meaning(analysis.question.text, known):
        return 0.0
    said = len({folded(word) for word in content_words(analysis.question.text)})
    shift = PRONOUN_SHIFT if analysis.pronoun and not analysis.names else 0.0
    shift -= WORD_SHIFT * max(0, said - FEW_WORDS)
    lean = min(1.0, max(0.0, (STANDS_ALONE + shift - nearness) / (STANDS_ALONE - LEANS_FULLY)))
    if analysis.names and not analysis.refers_back:
        lean = min(lean, NAMED_LEAN)
    return lean if lean >= LEAST_LEAN else 0.0


def _asks_for_meaning(question: str, known: Collection[str]) -> bool:
    """Tell whether a question asks what "benikoji" is, of which nobody spoke.

    "What is the price?" speaks of a known thing's price, and "What is missing?" of no thing.
    """
    asked = _MEANING.fullmatch(question)
    words = [folded(word) for word in content_words(asked["subject"])] if asked else []
    return (
        asked is not None
        and len(words) == len(asked["subject"].split())
        and not any(word in known or word in NO_SUBJECT for word in words)
        and not words[-1].endswith(NO_SUBJECT_ENDINGS)
    )


def topic_of(earlier: Sequence[str], nearness: Sequence[float]) -> Sequence[str]:
    """Return the earlier questions back to the one that opened the topic, that one included."""
    for place in range(len(earlier) - 1, -1, -1):
        if nearness[place] >= STARTS_TOPIC and not has_personal_pronoun(earlier[place]):
            return earlier[place:]
    return earlier


def phrases_of(
    texts: Sequence[str], question: str, *, without: frozenset[str] = frozenset()
) -> Iterator[str]:
    """Yield what ``texts`` are about and ``question`` does not say, as it stands there.

    Names and subjects; every word that is about something where there are none, or where the first
    text refers to what nobody named: "Where was he born?" (canard @1 .806, not .801). The
    folded words in ``without`` are left out.
    """
    said = {folded(match.group()) for match in words_of(question)} | without
    about = [subject_places(text) for text in texts]
    untold = bool(texts) and _refers(texts[0]) and not any(map(name_spans, texts))
    if untold or not any(about):
        about = [_content_places(text) for text in texts]
    for text, places in zip(texts, about, strict=True):
        start, end = 0, 0  # of the run so far; empty when they are equal
        for match in words_of(text):
            word = folded(match.group())
            new = match.start() in places and word not in said
            if start < end and not (new and text[end : match.start()].isspace()):
                yield text[start:end]
                start = end = 0
            if new:
                said.add(word)
                start, end = (start if start < end else match.start()), match.end()
        if start < end:
            yield text[start:end]


def _refers(text: str) -> bool:
    said = {folded(match.group()) for match in words_of(text)}
    return has_personal_pronoun(text) or not said.isdisjoint({"this", "these"})


def _content_places(text: str) -> frozenset[int]:
    return frozenset(match.start() for match in words_of(text) if is_content(match.group()))


def asked_before(question: Question) -> list[str]:
    """Return the last questions that were about something, each on one line."""
    asked = (
        " ".join(turn.content[:MAX_CHARACTERS].split())
        for turn in question.history
        if turn.role == "user"
    )
    return [text for text in asked if content_words(text)][-TURNS:]
