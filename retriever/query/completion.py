"""Questions that leave something out, in full: "And in Thailand?".

What is left out is put in only where the question before leaves no doubt of it; else the question
stays as it is, and :mod:`retriever.query.conversation` searches what it leans on beside it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retriever.query.subjects import name_spans, subject_places
from retriever.records import Span
from retriever.text.content_words import content_words, folded, words_of
from retriever.text.lexicon import (
    AUXILIARIES,
    FORMS_OF_BE,
    PERSONAL_PRONOUNS,
    PLACE_PREPOSITIONS,
    QUESTION_WORDS,
    SLOT_PREPOSITIONS,
)

# The cosine from which two names are of one kind. Of names in MiniLM: two countries have .53 to
# .73, a country and a person .17 to .40; two people, .21 to .42, cannot be told from a mixed pair.
ALIKE = 0.5
MOST_WORDS = 5  # of what stands behind "and": more is a question of its own

# Returns how near in meaning a text is to each of others.
Likeness = Callable[[str, Sequence[str]], Sequence[float]]

_OPENING = re.compile(
    r"(?:(?:and|but|or|so)\s+)?(?:(?:what|how)\s+about\s+)?(?:also\s+)?", re.IGNORECASE
)
_POSSESSIVES = {"his", "its", "their", "her"}
_PERSONS = {"he", "him", "his", "she", "her"}
_THINGS = {"it", "its"}
_WHO_DOES = re.compile(
    r"(?:and\s+)?who(?!\s+(?:is|are|was|were|do|does|did|has|have|had|will|would|can)\b)",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(
    r"(?:and\s+)?what(?:['’]s|\s+(?:is|was))(?:\s+[\w.-]+)+\s*[?.!]*", re.IGNORECASE
)
_THE_BEFORE = re.compile(r"\bthe $", re.IGNORECASE)
_OWNER = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedQuestion:
    """A question that leaves something out, in full; ``put_in`` is that, as it was said before."""

    text: str
    put_in: tuple[str, ...]


def completed(
    question: str, earlier: Sequence[str], likeness: Likeness
) -> CompletedQuestion | None:
    """Return a question without a verb in full; ``None`` where that is not certain, or it has one.

    Names are not put in the place of its pronouns: of 73 questions on canard that this touches, 20
    were answered rightly by the first quote; with the name before the question, 23.
    """
    return _put_together(question, in_full(earlier, likeness)[-1:], likeness)


def in_full(questions: Sequence[str], likeness: Likeness) -> list[str]:
    """Return the questions of a conversation, oldest first, each in full as far as it is certain.

    "And in Laos?" may follow "And in Thailand?", and either "How many did he sell there?".
    """
    texts: list[str] = []
    for question in questions:
        found = _put_together(question, texts[-1:], likeness)
        texts.append(found.text if found else _with_name(question, texts) or question)
    return texts


def _put_together(
    question: str, before: Sequence[str], likeness: Likeness
) -> CompletedQuestion | None:
    """Return the question before with the place, name or year that only this one has."""
    part = _part_named(question)
    if part is None or not before:
        return None
    (last,) = before
    new = part.named.of(question)
    slot = _slot(last, part.preposition, new, likeness)
    if slot:
        text = last[: slot.start] + new + last[slot.end :]
        kept = [last[: slot.start], last[slot.end :]]
    elif part.preposition and not _slots(last, part.preposition):
        text = f"{last.rstrip(' ?.!')} {part.preposition} {new}?"
        kept = [last]
    else:
        return None
    put_in = tuple(run for text_kept in kept for run in _content_runs(text_kept))
    return CompletedQuestion(text=text, put_in=put_in) if put_in else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _NamedPart:
    """What a question without a verb names, behind a preposition or none."""

    preposition: str
    named: Span


def _part_named(question: str) -> _NamedPart | None:
    """Return what "And in Thailand?" names; ``None`` for a question with a verb, or none at all."""
    opening = _OPENING.match(question)
    words = [match for match in words_of(question) if opening and match.start() >= opening.end()]
    plain = [folded(word.group()) for word in words]
    preposition = plain[0] if plain and plain[0] in SLOT_PREPOSITIONS else ""
    if not opening or not (opening.end() or preposition):
        return None
    named = words[1:] if preposition else words
    verbal = AUXILIARIES | FORMS_OF_BE | QUESTION_WORDS | PERSONAL_PRONOUNS
    if not 0 < len(named) <= MOST_WORDS or verbal & set(plain):
        return None
    span = Span(start=named[0].start(), end=named[-1].end())
    text = span.of(question)
    certain = _is_year(text) or bool(name_spans(f"a {text}")) or bool(preposition)
    return (
        _NamedPart(preposition=preposition, named=span) if certain and content_words(text) else None
    )


def _slot(last: str, preposition: str, new: str, likeness: Likeness) -> Span | None:
    """Return what ``new`` takes the place of in the question before."""
    slots = [slot for slot in _slots(last, preposition) if _is_year(slot.of(last)) == _is_year(new)]
    if len(slots) == 1:
        return slots[0]
    names = slots or name_spans(last)
    if (
        len(names) > 1
    ):  # "What did Putin say about Wagner?", "What about Ukraine?": who speaks stays
        names = [name for name in names if not _is_direct(name, last)]
    if not names or _is_year(new):
        return None
    near = likeness(new, [name.of(last) for name in names])
    best = max(range(len(names)), key=near.__getitem__)
    return names[best] if near[best] >= ALIKE else None


def _slots(text: str, preposition: str) -> list[Span]:
    """Return what stands behind each ``preposition``, or one of place where that is of place.

    It is a name, a year, or other words about something.
    """
    alike = PLACE_PREPOSITIONS - {"of"} if preposition in PLACE_PREPOSITIONS else {preposition}
    names = name_spans(text)
    return [
        found
        for match in words_of(text)
        if folded(match.group()) in alike and (found := _object_from(match.end(), text, names))
    ]


def _object_from(start: int, text: str, names: Sequence[Span]) -> Span | None:
    """Return the name, the year or the subject that begins at ``start``, "the" left out."""
    places = subject_places(text)
    end = begin = 0
    for match in words_of(text):
        if match.start() < start:
            continue
        word = folded(match.group())
        if end and not text[end : match.start()].isspace():
            break
        if match.start() in places:
            begin, end = begin if end else match.start(), match.end()
        elif end or word not in {"the", "a", "an"}:
            break
        name = next((one for one in names if one.start == match.start()), None)
        if name and begin == name.start:
            return name
    return Span(start=begin, end=end) if end else None


def _with_name(question: str, before: Sequence[str]) -> str | None:
    """Return the question with the one name that its pronoun can stand for."""
    pronoun = _first_pronoun(question)
    if pronoun is None or any(_is_direct(name, question) for name in name_spans(question)):
        return None
    said = folded(pronoun.group())
    last = next((text for text in reversed(before) if name_spans(text)), None)
    name = last and _spoken_of(last, said=said)
    if not last or not name or said.endswith(("self", "selves")):
        return None
    rest = question[pronoun.end() :]
    owner = said in _POSSESSIVES and (said != "her" or _begins_with_noun(rest))
    put = f"{name}’s" if owner else name
    return f"{question[: pronoun.start()]}{put}{rest}"


def _first_pronoun(text: str) -> re.Match[str] | None:
    return next(
        (word for word in words_of(text) if folded(word.group()) in PERSONAL_PRONOUNS), None
    )


def _is_direct(name: Span, text: str) -> bool:
    return not _preposition_before(name, text)


def _spoken_of(text: str, *, said: str) -> str | None:
    """Return the one name that ``said``, a pronoun, stands for behind the question ``text``.

    ``None`` where that is not certain. A person may be somebody's owner ("Desh’s budget") or told
    beside something else; any other thing must be all that the question is about.
    """
    if _first_pronoun(text) or _is_another(said, text):
        return None
    person = said in _PERSONS
    behind = {name: _preposition_before(name, text) for name in name_spans(text)}
    told = [name for name, preposition in behind.items() if preposition == "about"]
    places = (PLACE_PREPOSITIONS if person else SLOT_PREPOSITIONS) | {"about"}
    chosen = [name for name in behind if behind[name] not in places] or told
    if len(chosen) != 1:
        return None
    (name,) = chosen
    owned = _OWNER.search(name.of(text))
    if not person and (owned or _others(name, text)):
        return None
    the = _THE_BEFORE.search(text[: name.start])
    return (the.group() if the else "") + _OWNER.sub("", name.of(text))


def _is_another(said: str, text: str) -> bool:
    """Tell whether a pronoun stands for none of the names in ``text``.

    Behind "Who bought Dunfirth?", "they" are the answer; behind "What is Lady Day?", "she" is not.
    """
    if said in _PERSONS and _WHAT_IS.fullmatch(text):
        return True
    return said not in _THINGS and _WHO_DOES.match(text) is not None


def _others(name: Span, text: str) -> bool:
    """Tell whether a question is about more than the name: "the Pell Valley fire"."""
    return any(not name.start <= place < name.end for place in subject_places(text))


def _preposition_before(name: Span, text: str) -> str | None:
    before = [folded(word.group()) for word in words_of(text[: name.start])]
    while before[-1:] in (["the"], ["a"], ["an"]):
        before.pop()
    return before[-1] if before and before[-1] in SLOT_PREPOSITIONS else None


def _begins_with_noun(rest: str) -> bool:
    first = next(words_of(rest), None)
    return first is not None and bool(content_words(first.group()))


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:1[5-9]|20)\d\d", text) is not None


def _content_runs(text: str) -> Iterator[str]:
    """Yield runs of neighbouring words that are about something."""
    content = set(content_words(text))
    start = end = 0
    for match in words_of(text):
        new = match.group() in content
        if start < end and not (new and text[end : match.start()].isspace()):
            yield text[start:end]
            start = end = 0
        if new:
            start, end = (start if start < end else match.start()), match.end()
    if start < end:
        yield text[start:end]
