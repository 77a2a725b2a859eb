"""Example questions for the empty page, made from the indexed articles and known to be answered."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import dropwhile, islice, zip_longest

from retriever import Article, Index, Outcome

# Enough to find four good ones; a corpus of a million articles is not read for them.
_ARTICLES_READ = 24
_CANDIDATES_ASKED = 16
_LONGEST_NAME = 40

_WORD = r"[^\W\d_a-z][^\W\d_]+(?:[-’'][^\W\d_]+)*"
_NAME = re.compile(rf"{_WORD}(?:[ ]{_WORD})*")
_SPEECH = re.compile(rf"({_NAME.pattern}),? (?:said|told|says)\b|\b(?:said|says) ({_NAME.pattern})")
_POSSESSIVE = re.compile(r"[’']s ")
_LONGER_BEFORE = re.compile(rf"{_WORD} (?:of|for|and)(?: the)? $")
_LONGER_AFTER = re.compile(rf"(?: of| for| and)(?: the)? {_WORD}")
# What follows a name that stands for itself: in "the House Democratic caucus" two words do not.
_STANDS_ALONE = re.compile(
    r"[,.;:!?)”’\"']|$| (?:and|are|as|at|by|for|from|had|has|have|in|is|of|on|or|said|says|that|to"
    r"|told|was|were|which|who|will|with|would)\b"
)
_ARTICLE_BEFORE = re.compile(r"\b[Tt]he $")
_SENTENCE_END = re.compile(r"(?<=[.!?][”\"’])\s+|(?<=[.!?])\s+|\n+")
_NOT_NAMES = frozenset(
    "A According After Also An And As At Both But By During For From He Her His I If In It Its On "
    "Or She Since So That The Their These They This Those To We What When While With You".split()
)


def example_questions(index: Index, *, limit: int = 4) -> tuple[str, ...]:
    """Return up to ``limit`` questions that the articles answer, the same for the same index.

    Each is asked before it is offered. Where the articles name no speakers and no names in the
    way English does, there may be none.
    """
    asked = islice(_in_turn(islice(index.articles(), _ARTICLES_READ)), _CANDIDATES_ASKED)
    answered = (one for one in asked if index.ask(one).outcome is Outcome.ANSWERED)
    return tuple(islice(answered, limit))


def candidates(article: Article) -> list[str]:
    """Return questions that an article should answer, the most specific first, none twice.

    A sentence in which somebody speaks and something else is named makes "What did X say about
    Y?", else "What did X say?"; the names that occur most make "What is said about Y?".
    """
    sentences = [part for part in _SENTENCE_END.split(article.text) if part.strip()]
    names = Counter(name for sentence in sentences for name in _names_in(sentence))
    known = {name for name in names if not name.startswith("the ")}
    told: dict[str, str] = {}
    specific: dict[str, str] = {}
    for sentence in sentences:
        for speaker in _speakers(sentence, known):
            told[speaker] = f"What did {speaker} say?"
            if topic := _topic_beside(speaker, sentence, names):
                specific.setdefault(speaker, f"What did {speaker} say about {topic}?")
    # Counter keeps the order of first occurrence among equals, so the result is determined.
    whole = {name for sentence in sentences for name in _names_in(sentence, complete=True)}
    asked = {**told, **specific}
    general = [
        f"What is said about {name}?"
        for name, times in names.most_common()
        if times > 1 and name in whole
    ]
    return [
        *sorted(asked.values(), key=lambda question: question not in specific.values()),
        *[question for question in general if not _repeats(question, asked)],
    ]


def _in_turn(articles: Iterable[Article]) -> Iterable[str]:
    """Take one question from each article, then a second, so that one does not fill the list."""
    turns = zip_longest(*map(candidates, articles))
    return dict.fromkeys(question for turn in turns for question in turn if question)


def _names_in(sentence: str, *, complete: bool = False) -> Iterator[str]:
    """Yield names of two words or more, with their "the"; a lone capital proves nothing.

    A part of a longer name ("Ministry of Foreign Affairs") is not one; with ``complete``, neither
    is what may only describe the word behind it.
    """
    for match in _NAME.finditer(sentence):
        name = _POSSESSIVE.split(match.group())[-1]
        words = [*dropwhile(_NOT_NAMES.__contains__, name.split(" "))]
        name = " ".join(words)
        before, after = sentence[: match.end() - len(name)], sentence[match.end() :]
        if len(words) < 2 or len(name) > _LONGEST_NAME:
            continue
        if _LONGER_BEFORE.search(before) or _LONGER_AFTER.match(after):
            continue
        if complete and not _STANDS_ALONE.match(after):
            continue
        yield f"the {name}" if _ARTICLE_BEFORE.search(before) else name


def _speakers(sentence: str, known: set[str]) -> Iterator[str]:
    for match in _SPEECH.finditer(sentence):
        if speaker := _full_name_of(match.group(1) or match.group(2), known):
            yield speaker


def _topic_beside(speaker: str, sentence: str, names: Counter[str]) -> str | None:
    """Return what else the sentence names, the most frequent of it."""
    topics = [name for name in _names_in(sentence) if speaker not in name and name not in speaker]
    return max(topics, key=lambda name: names[name], default=None)


def _full_name_of(said: str, known: set[str]) -> str:
    """Return the longest known name that ends in the one given with the speech, or ``""``."""
    words = [word for word in said.split(" ") if word not in _NOT_NAMES]
    last = " ".join(words)
    if not last:
        return ""
    longer = [name for name in known if name == last or name.endswith(f" {last}")]
    return max(longer, key=lambda name: (len(name), name), default="")


def _repeats(question: str, others: dict[str, str]) -> bool:
    name = question.removeprefix("What is said about ").removesuffix("?")
    return any(name in other for other in others.values())
