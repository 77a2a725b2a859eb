"""Reading the rows to learn from: a question, a passage, and where in it the answers stand."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Code points from ``start`` up to ``end`` of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of ``text`` that stand there."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question about a passage; no answers and yet answerable means: somewhere in it."""

    source: str
    question: str
    passage: str
    answers: tuple[Range, ...]
    answerable: bool


def read_rows(folder: Path, source: str) -> list[Row]:
    """Return the rows of ``source.jsonl.gz`` in ``folder``, in their order."""
    with gzip.open(folder / f"{source}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [_row(json.loads(line)) for line in lines]


def _row(record: dict[str, Any]) -> Row:
    passage = record["passage"]
    answers = (_trimmed(passage, one["start"], len(one["text"])) for one in record["answers"])
    return Row(
        source=record["source"],
        question=" ".join(record["question"].split()),
        passage=passage,
        answers=tuple(one for one in answers if one.start < one.end),
        answerable=record["answerable"],
    )


def _trimmed(passage: str, start: int, length: int) -> Range:
    """Return the answer without the whitespace that a few rows have at its ends."""
    words = passage[start : start + length]
    return Range(start=start + len(words) - len(words.lstrip()), end=start + len(words.rstrip()))


def distinct_passages(rows: list[Row]) -> list[str]:
    """Return every passage once, in the order in which it first occurs."""
    return list(dict.fromkeys(row.passage for row in rows))


def held_out(rows: list[Row], *, part: float) -> Iterator[bool]:
    """Tell for each row whether it is kept from training: ``part`` of all passages, by their hash.

    A passage is kept with all its questions, so that no held-out text is seen in training.
    """
    for row in rows:
        digest = hashlib.sha256(row.passage.encode("utf-8", "surrogatepass")).digest()
        yield int.from_bytes(digest[:4], "big") < part * 2**32
