"""How answers to a journalist's questions hold up, judged on the sentences that answer each.

    python -m tests.benchmarks.journalist QUESTIONS [INDEX] [--losses] [--no-reader]

QUESTIONS is a folder with ``questions.jsonl`` over the seeds. A quote is right when it holds at
least half of an evidence sentence; showing a sentence that corrects a question's false premise
counts as right for one that nothing answers.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retriever import Answer, Index, Outcome, Span, open_index
from retriever.evaluation.measures import Place, holds
from retriever.evaluation.observing import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What came of a question; ``relevant`` of the quotes ``shown`` hold evidence."""

    id: str
    verdict: str
    shown: int
    relevant: int


def main() -> None:
    """Ask the questions and print the shares of each outcome."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.journalist")
    parser.add_argument("questions", type=Path)
    parser.add_argument("index", type=Path, nargs="?", default=Path(".quotidian"))
    parser.add_argument("--losses", action="store_true", help="list what went wrong")
    parser.add_argument("--no-reader", action="store_true", help="answer without the reader")
    given = parser.parse_args()
    lines = (given.questions / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    index = open_index(given.index, reader="none" if given.no_reader else "bundled")
    judged = [judge_question(json.loads(line), index) for line in lines]
    sys.stdout.writelines(f"{line}\n" for line in report(judged))
    if given.losses:
        wrong = (one for one in judged if one.verdict not in {"right first", "refused rightly"})
        sys.stdout.writelines(f"{one.id}: {one.verdict}\n" for one in wrong)


def judge_question(question: dict[str, Any], index: Index) -> Judgement:
    """Ask one question, and compare what is quoted with its evidence."""
    answer = index.ask(question["text"], history=question["history"])
    gold = [*places_of(question["evidence"], index)]
    right = [holds(place_of(quote), gold) for quote in answer.quotes]
    if question["answerable"]:
        verdict = _verdict_on_answerable(answer, right)
    else:
        corrected = [*places_of(question.get("corrected_by", ()), index)]
        saved = any(holds(place_of(quote), corrected) for quote in answer.quotes)
        answered = answer.outcome is Outcome.ANSWERED and not saved
        verdict = "answered wrongly" if answered else "refused rightly"
    return Judgement(
        id=question["id"], verdict=verdict, shown=len(answer.quotes), relevant=sum(right)
    )


def report(judged: Sequence[Judgement]) -> list[str]:
    """Return the shares that the outcomes have, a line each."""
    counts = Counter(one.verdict for one in judged)
    refusable = counts["answered wrongly"] + counts["refused rightly"]
    answerable = len(judged) - refusable
    answered = [one for one in judged if one.verdict.startswith("right")]
    among = counts["right first"] + counts["right later"]
    shown = sum(one.shown for one in judged)
    return [
        f"right sentence first        {counts['right first'] / answerable:.3f}",
        f"among the quotes            {among / answerable:.3f}",
        f"refused wrongly             {counts['refused wrongly'] / answerable:.3f}",
        f"unanswerable answered       {counts['answered wrongly'] / max(1, refusable):.3f}",
        f"shown quotes that are right {sum(one.relevant for one in judged) / max(1, shown):.3f}",
        f"{len(judged)} questions, {answerable} answerable, {len(answered)} with a right quote",
    ]


def _verdict_on_answerable(answer: Answer, right: Sequence[bool]) -> str:
    if answer.outcome is not Outcome.ANSWERED:
        return "refused wrongly"
    if not any(right):
        return "no right quote"
    return "right first" if right[0] else "right later"


def places_of(evidence: Sequence[dict[str, str]], index: Index) -> Iterator[Place]:
    """Yield where the evidence stands; a sentence that is not there as it reads is an error."""
    for item in evidence:
        start = index.article(item["article"]).text.index(item["quote"])
        yield Place(article=item["article"], span=Span(start=start, end=start + len(item["quote"])))


if __name__ == "__main__":
    main()
