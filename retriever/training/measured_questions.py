"""Questions to measure a reader on, with the windows that it reads for them."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retriever.training.examples import Example
from retriever.training.passages import sentences
from retriever.training.sources import Grain

_WINDOW = 780  # code points, about 170 tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Part of an article, from code point ``start`` of it on."""

    article: str
    start: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    """Code points of an article."""

    article: str
    start: int
    end: int

    def touches(self, other: "GoldPlace") -> bool:
        """Tell whether both share a code point."""
        same = self.article == other.article
        return same and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredQuestion:
    """A question, the windows to read for it, and where and what the right answers are."""

    question: str
    windows: tuple[Text, ...]
    right: tuple[GoldPlace, ...]
    answers: tuple[str, ...]


def read_paragraph_questions(
    folder: Path, *, most: int | None = None, seed: int = 0
) -> list[MeasuredQuestion]:
    """Return squad2's questions with their paragraph, or a random ``most`` of them."""
    texts = {one["id"]: one["text"] for one in _lines(folder / "corpus.jsonl")}
    right: dict[str, list[GoldPlace]] = {}
    for one in _lines(folder / "evidence.jsonl"):
        place = GoldPlace(article=one["article_id"], start=one["start"], end=one["end"])
        right.setdefault(one["query_id"], []).append(place)
    queries = list(_lines(folder / "queries.jsonl"))
    if most is not None:
        queries = random.Random(seed).sample(queries, most)  # noqa: S311  # to be repeated
    return [
        MeasuredQuestion(
            question=one["text"],
            windows=tuple(_windows_of(texts, one["paragraph"])),
            right=tuple(right.get(one["id"], ())),
            answers=tuple(one["answers"]),
        )
        for one in queries
    ]


def _windows_of(texts: dict[str, str], paragraph: dict[str, Any]) -> Iterator[Text]:
    start, end = paragraph["start"], paragraph["end"]
    article = paragraph["article_id"]
    return windows_over(article, texts[article][start:end], start)


def read_seed_questions(questions: Path, seeds: Path) -> list[MeasuredQuestion]:
    """Return the questions over the seeds, each to be read over all windows of both articles."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(seeds.glob("*.txt"))}
    windows = tuple(window for name, text in texts.items() for window in windows_over(name, text))
    return [
        MeasuredQuestion(
            question=one["text"],
            windows=windows,
            right=tuple(place for quote in one["evidence"] for place in _everywhere(quote, texts)),
            answers=(),
        )
        for one in _lines(questions)
    ]


def _everywhere(quote: dict[str, str], texts: dict[str, str]) -> Iterator[GoldPlace]:
    text, said = texts[quote["article"]], quote["quote"]
    start = text.find(said)
    while start >= 0:
        yield GoldPlace(article=quote["article"], start=start, end=start + len(said))
        start = text.find(said, start + 1)


def windows_over(article: str, text: str, offset: int = 0) -> Iterator[Text]:
    """Yield windows of whole sentences that overlap by about half and cover the text."""
    found = sentences(text)
    first = 0
    while first < len(found):
        last = first + 1
        while last < len(found) and found[last].end - found[first].start <= _WINDOW:
            last += 1
        start = found[first].start
        piece = text[start : found[last - 1].end]
        yield Text(article=article, start=offset + start, text=piece)
        if last == len(found):
            return
        first = max(first + 1, (first + last) // 2)


def held_out_questions(
    examples: Sequence[Example], *, most: int, seed: int = 0
) -> list[MeasuredQuestion]:
    """Return a random ``most`` of the examples of held-out passages, each one window to read."""
    chance = random.Random(seed)  # noqa: S311  # to be repeated
    chosen = chance.sample(examples, min(most, len(examples)))
    return [_of_example(str(number), one) for number, one in enumerate(chosen)]


def _of_example(name: str, example: Example) -> MeasuredQuestion:
    row = example.row
    whole = GoldPlace(article=name, start=0, end=len(row.passage))
    places = tuple(GoldPlace(article=name, start=one.start, end=one.end) for one in row.answers)
    words_known = example.grain is Grain.WORDS
    return MeasuredQuestion(
        question=row.question,
        windows=(Text(article=name, start=0, text=row.passage),),
        right=places or ((whole,) if row.answerable else ()),
        answers=tuple(one.of(row.passage) for one in row.answers) if words_known else (),
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
