"""Whether quotes are of the right size: how long, over which borders, cut in two, and to the point.

    python -m tests.benchmarks.quote_sizes QUESTIONS INDEX [--limit N] [--no-reader] [--list]

QUESTIONS is a data set, or the folder of a journalist's questions over the seeds
(:mod:`tests.benchmarks.journalist`). A quote is relevant when it holds at least half of a piece of
evidence. One that crosses a paragraph needs to where the sentence behind the border would not be
understood, or not be anybody's, without the one before it; see :func:`needs_before`.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

from retriever import Index, Outcome, Quote, open_index
from retriever.answer.speakers import speaker_of
from retriever.evaluation.datasets import read_dataset, sample
from retriever.evaluation.measures import Place, holds
from retriever.evaluation.observing import gold_of, place_of
from retriever.query.question import History
from retriever.text.paragraphs import paragraph_spans
from retriever.text.sentences import sentence_spans
from tests.benchmarks.journalist import places_of

LONG = 60
"""Words; a quote with more is long."""

_CONNECTIVE = re.compile(
    r"[\"“‘'«„]?(?:But|And|Or|Nor|Yet|So|Then|However|Still|Instead|Also|Meanwhile|Moreover"
    r"|Furthermore|Additionally|Besides|Otherwise|Therefore|Thus|Hence|Consequently|Nevertheless"
    r"|Nonetheless|Similarly|Likewise|Rather|Indeed|Afterwards?|Later|Both|Such|Another|Others"
    r"|Neither|Either|(?:In|On|At|By|For|As|To) (?:addition|fact|contrast|response|return|turn"
    r"|example|instance|part|result|a result|comparison|the contrary|the other|the same|that|this"
    r"|those|these|then))\b"
)
_DEMONSTRATIVE = re.compile(r"[\"“‘'«„]?(?:This|That|These|Those|It|Its)\b")
_THE = re.compile(r"(?:The|One|A|An|Some)\s")
_PERSON = re.compile(r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Hh]im|[Tt]hem|[Hh]is|[Hh]er|[Tt]heir)\b")
_NAME = re.compile(r"(?<!^)(?<![.!?“\"‘] )\b[A-Z][\w’'-]+")
_QUOTATION = re.compile(
    r"“[^”\"]*(?:[”\"]|$)|\"[^\"”]*(?:[\"”]|$)|‘[^’]*’(?!\w)|«[^»]*»|„[^“”]*[“”]"
)
_THE_NOUN = re.compile(
    r"(?:The|These|Those) (?!first|second|last|only|next|most|\w+est )(?:[a-z\d][\w.-]*,? ){3}"
)
_PART = re.compile(r"[A-Z]?\w+ of (?:the|them|those|these) ")
_SURNAME = re.compile(
    r"(?:^|(?<=[a-z,] )|(?<=Mr\. )|(?<=Ms\. )|(?<=Mrs\. )|(?<=Dr\. ))([A-Z][\w-]+)"
    r"(?=[’',]|\s[^A-Z])"
)
_MARK = re.compile(r"[“”\"«»„]")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question with all that goes with it, and where its answers stand."""

    id: str
    text: str
    history: History
    today: date | None
    gold: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizedAnswer:
    """What one answer shows: its quotes, and how many of them hold evidence."""

    question: AskedQuestion
    quotes: tuple[Quote, ...]
    relevant: int


def main() -> None:
    """Ask the questions and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.quote_sizes")
    parser.add_argument("questions", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--limit", type=int, help="ask the first questions only")
    parser.add_argument("--no-reader", action="store_true", help="answer without the reader")
    parser.add_argument("--list", action="store_true", help="print every quote that is at fault")
    given = parser.parse_args()
    index = open_index(given.index, reader="none" if given.no_reader else "bundled")
    questions = [*questions_in(given.questions, index, given.limit)]
    answers = [measure_answer(question, index) for question in questions]
    sys.stdout.writelines(f"{line}\n" for line in report(answers))
    if given.list:
        sys.stdout.writelines(f"{line}\n" for line in faults(answers))


def questions_in(folder: Path, index: Index, limit: int | None) -> Iterator[AskedQuestion]:
    """Yield the questions of a data set, or of a journalist, with the places of their evidence."""
    if (folder / "questions.jsonl").is_file():
        lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
        for one in map(json.loads, lines[:limit]):
            yield AskedQuestion(
                id=one["id"],
                text=one["text"],
                history=one["history"],
                today=None,
                gold=tuple(places_of(one["evidence"], index)),
            )
        return
    data = read_dataset(folder)
    for query in sample(data.queries, limit):
        yield AskedQuestion(
            id=query.id,
            text=query.text,
            history=query.history,
            today=query.asked_on,
            gold=gold_of(data, query).spans,
        )


def measure_answer(question: AskedQuestion, index: Index) -> SizedAnswer:
    """Ask one question; what a refusal shows as closest is no quote."""
    answer = index.ask(question.text, history=question.history, today=question.today)
    quotes = answer.quotes if answer.outcome is Outcome.ANSWERED else ()
    right = sum(holds(place_of(quote), question.gold) for quote in quotes)
    return SizedAnswer(question=question, quotes=quotes, relevant=right)


def report(answers: Sequence[SizedAnswer]) -> list[str]:
    """Return the figures, a line each; relevance is that of questions with known evidence."""
    shown = [quote for answer in answers for quote in answer.quotes]
    judged = [answer for answer in answers if answer.question.gold]
    judged_quotes = sum(len(answer.quotes) for answer in judged)
    crossing = [quote for quote in shown if borders_of(quote)]
    needless = sum(map(crosses_without_need, crossing))
    answered = sum(bool(answer.quotes) for answer in answers)
    relevant = sum(one.relevant for one in judged)
    found = sum(one.relevant > 0 for one in judged)
    pairs = sum(1 for answer in answers for _ in adjacent_pairs(answer.quotes))
    return [
        f"questions, answered         {len(answers)}, {answered}",
        f"quotes, per answer          {len(shown)}, {len(shown) / max(1, answered):.2f}",
        f"relevant quotes             {_share(relevant, judged_quotes)}",
        f"questions with a relevant   {_share(found, len(judged))}",
        f"quotes over {LONG} words       {_share(sum(map(is_long, shown)), len(shown))}",
        f"crossing a paragraph        {_share(len(crossing), len(shown))}",
        f"without need, of all        {_share(needless, len(shown))}",
        f"without need, of crossing   {_share(needless, len(crossing))}",
        f"adjacent pairs              {pairs}",
    ]


def faults(answers: Iterable[SizedAnswer]) -> Iterator[str]:
    """Yield a line for each quote that is long or crosses a border, and for adjacent pairs."""
    for answer in answers:
        for quote in answer.quotes:
            kind = "needless" if crosses_without_need(quote) else "crossing"
            if borders_of(quote):
                yield f"{answer.question.id} {kind}: {quote.text!r}"
            if is_long(quote):
                yield f"{answer.question.id} {len(quote.text.split())} words: {quote.text!r}"
        for one, other in adjacent_pairs(answer.quotes):
            yield f"{answer.question.id} adjacent: {one.text!r} | {other.text!r}"


def is_long(quote: Quote) -> bool:
    """Tell whether a quote has more than :data:`LONG` words."""
    return len(quote.text.split()) > LONG


def adjacent_pairs(quotes: Iterable[Quote]) -> Iterator[tuple[Quote, Quote]]:
    """Yield the pairs of quotes with nothing but white space between, in the order of the text."""
    for pair in combinations(quotes, 2):
        one, other = sorted(pair, key=lambda quote: quote.start)
        between = one.article.text[one.end : other.start]
        if one.article.id == other.article.id and not between.strip():
            yield one, other


def crosses_without_need(quote: Quote) -> bool:
    """Tell whether a quote crosses the border of a paragraph that it need not cross."""
    return any(not needs_before(behind, before) for before, behind in borders_of(quote))


def borders_of(quote: Quote) -> list[tuple[Quote, Quote]]:
    """Return, as quotes, the sentences before and behind each paragraph's border in a quote."""
    paragraphs = [*paragraph_spans(quote.text)]
    return [
        (_sentences(quote, *before)[-1], _sentences(quote, *behind)[0])
        for before, behind in pairwise(paragraphs)
    ]


def _sentences(quote: Quote, start: int, end: int) -> list[Quote]:
    first = quote.start + start
    return [
        replace(quote, start=first + span.start, end=first + span.end, answering=None)
        for span in sentence_spans(quote.text[start:end])
    ]


def needs_before(sentence: Quote, before: Quote) -> bool:
    """Tell whether a sentence is not understood, or nobody's, without the one before it.

    It opens with a connective or a demonstrative ("But", "In response", "This"), or with "The",
    "One" or "A" where it has no name, or with "The" and a common noun that is not explained (no
    name, no "first" or "largest" within three words) or a part ("Three of the"); it has a
    pronoun for a person outside quotation marks and no name before that; it calls somebody by a
    surname whom the one before names in full; it has quotation marks, open or closed, and the one
    before names their speaker where itself does not; or the one before ends in a colon. Likewise
    where it is an author's line: "– Jane Doe", behind words that are nobody's.
    """
    text = sentence.text
    told = _QUOTATION.sub(lambda match: "“" * len(match.group()), text)
    pronoun = _PERSON.search(told)
    return (
        before.text.endswith(":")
        or text[0] in "-–—"
        or any(opening.match(text) for opening in (_CONNECTIVE, _DEMONSTRATIVE, _THE_NOUN, _PART))
        or (bool(_THE.match(told)) and not _NAME.search(told))
        or any(_in_full(name).search(before.text) for name in _SURNAME.findall(text[:40]))
        or (pronoun is not None and not _NAME.search(told, 0, pronoun.start()))
        or (bool(_MARK.search(text)) and not _names_speaker(sentence) and _names_speaker(before))
    )


def _in_full(surname: str) -> re.Pattern[str]:
    return re.compile(rf"\b[A-Z][\w.’'-]*\s+{re.escape(surname)}\b")


def _names_speaker(sentence: Quote) -> bool:
    speaker = speaker_of(sentence)
    return speaker is not None and sentence.start <= speaker.start < sentence.end


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):.3f} of {whole}"


if __name__ == "__main__":
    main()
