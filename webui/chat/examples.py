"""Example questions for the empty page: made from the articles, asked, and kept if answered."""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from itertools import islice, zip_longest

from retriever import Answer, Index, Outcome, Quote, Span
from webui.chat.candidates import ExampleCandidate, ExampleKind, candidates

# Enough to find four good ones of different kinds; a corpus of a million is not read for them.
ARTICLES_READ = 120
_CANDIDATES_ASKED = 32
_SECONDS = 20.0
# Where a reader points at no words: as sure as what says the question's own words.
_SURE = 0.9

_Waiting = dict[ExampleKind, deque[ExampleCandidate]]


def example_questions(
    index: Index,
    *,
    limit: int = 4,
    seconds: float = _SECONDS,
    pause: Callable[[float], None] = lambda _: None,
) -> tuple[str, ...]:
    """Return up to ``limit`` questions that the articles answer, of as many kinds as can be.

    Each is asked before it is offered, and kept where the first quote holds what is asked for.
    After ``seconds`` no further one is asked. ``pause`` is called between two with the seconds that
    the one took. Where the articles write no names and numbers as English does, there may be none.
    """
    waiting = _by_kind(map(candidates, islice(index.articles(), ARTICLES_READ)))
    kept: list[ExampleCandidate] = []
    asked: Counter[ExampleKind] = Counter()
    until = time.monotonic() + seconds
    while len(kept) < limit and asked.total() < _CANDIDATES_ASKED and time.monotonic() < until:
        one = _next(waiting, kept, asked)
        if one is None:
            break
        asked[one.kind] += 1
        began = time.monotonic()
        if holds_what_is_asked(index.ask(one.question), one):
            kept.append(one)
        pause(time.monotonic() - began)
    order = [*ExampleKind]
    return tuple(one.question for one in sorted(kept, key=lambda one: order.index(one.kind)))


def holds_what_is_asked(answer: Answer, asked: ExampleCandidate) -> bool:
    """Tell whether an answer begins with the quote that the question was made of.

    The words that a reader points at have to be those that were asked for; where it points at none,
    the answer has to be sure.
    """
    if answer.outcome is not Outcome.ANSWERED:
        return False
    first = answer.quotes[0]
    if first.answering is None and answer.confidence < _SURE:
        return False
    sentence = asked.sentence
    if sentence and not (first.article.id == asked.article_id and sentence.overlap(first.span)):
        return False
    if asked.answer is None:
        return _speaks_of(first, asked) and answer.confidence >= _SURE
    return asked.answer.is_part_of(first.span) and _points_at(first, asked.answer)


def _points_at(first: Quote, answer: Span) -> bool:
    """Tell whether the words that are marked as answering, if any are, are those."""
    return first.answering is None or first.answering.overlap(answer) > 0


def _speaks_of(first: Quote, asked: ExampleCandidate) -> bool:
    """Tell whether a quote is by whom, or about what, a question asks.

    Of somebody's words the reader has to point at none, or at others than the name.
    """
    if asked.kind is not ExampleKind.SPEECH:
        return asked.subject in first.text
    said_by, marked = first.speaker, first.answering
    last = asked.subject.split(" ")[-1]
    if said_by is None or last not in said_by.of(first.article.text):
        return False
    return marked is None or last not in marked.of(first.article.text)


def _by_kind(made: Iterable[list[ExampleCandidate]]) -> _Waiting:
    """Return the candidates of each kind: one from each article, then a second, none twice."""
    waiting: _Waiting = defaultdict(deque)
    seen: set[str] = set()
    for turn in zip_longest(*made):
        for one in turn:
            if one and one.question not in seen:
                seen.add(one.question)
                waiting[one.kind].append(one)
    return waiting


def _next(
    waiting: _Waiting, kept: list[ExampleCandidate], asked: Counter[ExampleKind]
) -> ExampleCandidate | None:
    """Take a candidate of the kind of which fewest are kept, then fewest were asked.

    What asks about anything that is said of something, the least telling kind, comes once at most
    before a second of the others.
    """
    subjects = {one.subject for one in kept}
    offered = Counter(one.kind for one in kept)
    offered[ExampleKind.SUBJECT] += 1
    for kind in sorted(ExampleKind, key=lambda kind: (offered[kind], asked[kind])):
        while waiting[kind]:
            one = waiting[kind].popleft()
            if not any(one.subject in other or other in one.subject for other in subjects):
                return one
    return None
