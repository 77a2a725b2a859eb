"""Judgements on quotes, kept beside the index as a data set that ``quotidian evaluate`` reads.

``judgements.jsonl`` grows by one line a judgement and is what counts; ``corpus.jsonl``,
``queries.jsonl`` and ``evidence.jsonl`` are written anew from it: the questions with at least one
quote judged right, those quotes, and their articles. Wrong ones stand in ``wrong.jsonl``.
"""

import hashlib
import json
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import BinaryIO

import msgspec

from retriever import (
    MAX_CHARACTERS,
    Article,
    Index,
    QuestionError,
    QuotidianError,
    SettingsError,
    describe,
)
from webui.byline import read_place_key
from webui.chat.question import read_question, read_questions
from webui.wording import NOT_KEPT

JUDGEMENTS = "judgements.jsonl"
RIGHT, WRONG, NEITHER = "right", "wrong", "neither"
# Bytes of all judgements: some 50,000 of them. And characters: a quote of ours has some hundred.
MOST_BYTES = 50_000_000
_LONGEST_QUOTE = 10_000
_FULL = "{path} holds as many judgements as are kept; move it elsewhere to begin anew"
_UNREADABLE = "%d lines of %s are no judgements; they are passed over"
_log = logging.getLogger(__name__)
# The question, the article, and where the quote begins and ends.
_Judged = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What somebody said of a quote; the last word on a quote of a question counts."""

    query: str
    question: str
    history: tuple[str, ...]
    filters: Mapping[str, str]
    without: tuple[str, ...]
    article: str
    start: int
    end: int
    quote: str
    verdict: str
    when: str


class Feedback:
    """The judgements in a folder; threads may share it."""

    def __init__(self, folder: Path, index: Index) -> None:
        """Keep judgements on quotes of ``index`` in ``folder``, made when the first one comes."""
        self._folder = folder
        self._index = index
        self._writing = Lock()
        self._last: dict[_Judged, Judgement] = {}
        self._read_to = 0

    def judge(self, value: object) -> str:
        """Store what the page says of a quote and return the verdict.

        ``value`` has ``asked`` and ``earlier`` as the page keeps them, ``key`` of the quote, and
        ``verdict``: right, wrong or neither.

        :raises QuestionError: if it has not, or the quote stands in no article or is no quote.
        :raises SettingsError: if as many are kept as may be.
        """
        judgement = self._judgement(value)
        with self._writing:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._append(_json_line(asdict(judgement)))
            self._read_on()
            self._write_dataset()
        return judgement.verdict

    def _judgement(self, value: object) -> Judgement:
        given = value if isinstance(value, Mapping) else {}
        asked = read_question(given.get("asked"))
        earlier = read_questions(given.get("earlier") or [])
        history = tuple(turn.question for turn in earlier)
        if max(map(len, (asked.question, *history))) > MAX_CHARACTERS:
            raise QuestionError(f"a question has at most {MAX_CHARACTERS:,} characters")
        article_id, start, end = read_place_key(str(given.get("key")))
        quote = self._index.article(article_id).text[start:end]
        verdict = given.get("verdict")
        if verdict not in {RIGHT, WRONG, NEITHER} or not quote.strip():
            message = f"{verdict!r:.40} is no verdict on a quote; say {RIGHT}, {WRONG}, {NEITHER}"
            raise QuestionError(message)
        if len(quote) > _LONGEST_QUOTE:
            raise QuestionError(f"a quote has at most {_LONGEST_QUOTE:,} characters: judge its own")
        about = json.dumps([history, asked.to_json()])
        return Judgement(
            query=hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:16],
            question=asked.question,
            history=history,
            filters=asked.filters.to_dict(),
            without=asked.without,
            article=article_id,
            start=start,
            end=end,
            quote=quote,
            verdict=str(verdict),
            when=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    def _append(self, line: str) -> None:
        """Write a line behind the others; one that was cut short is ended first."""
        with (self._folder / JUDGEMENTS).open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size + len(line) > MOST_BYTES:
                raise SettingsError(_FULL.format(path=self._folder / JUDGEMENTS))
            if size and not _ends_a_line(file, size):
                line = f"\n{line}"
            file.write(line.encode("ascii"))

    def _read_on(self) -> None:
        """Take in what was added to the file since it was read last; of no use is what is no line.

        Read from its beginning where it has become shorter: somebody else has changed it.
        """
        with (self._folder / JUDGEMENTS).open("rb") as file:
            if file.seek(0, os.SEEK_END) < self._read_to:
                self._last, self._read_to = {}, 0
            file.seek(self._read_to)
            lines = file.read().splitlines()
            self._read_to = file.tell()
        found = [judged for line in lines if (judged := _read_line(line)) is not None]
        self._last |= {(one.query, one.article, one.start, one.end): one for one in found}
        if len(found) < len(lines):
            _log.warning(_UNREADABLE, len(lines) - len(found), self._folder / JUDGEMENTS)

    def _write_dataset(self) -> None:
        judged = [*self._standing()]
        right = [one for one, _ in judged if one.verdict == RIGHT]
        articles = {article.id: article for one, article in judged if one.verdict == RIGHT}
        queries = {one.query: _query_row(one) for one in right}
        rows = {
            "corpus.jsonl": map(_article_row, articles.values()),
            "queries.jsonl": queries.values(),
            "evidence.jsonl": map(_evidence_row, right),
            "wrong.jsonl": (_evidence_row(one) for one, _ in judged if one.verdict == WRONG),
        }
        for name, lines in rows.items():
            _replace(self._folder / name, map(_json_line, lines))

    def _standing(self) -> Iterator[tuple[Judgement, Article]]:
        """Yield the last judgement on each quote that its article still holds, and the article."""
        for one in self._last.values():
            try:
                article = self._index.article(one.article)
            except QuestionError:  # gone since: its judgement waits for it to come back
                continue
            if article.text[one.start : one.end] == one.quote:
                yield one, article


def judge_with(feedback: Feedback | None) -> Callable[[object], dict[str, str]]:
    """Return the function by which the page stores whether a quote is right."""

    def judge(judgement: object) -> dict[str, str]:
        try:
            if feedback is None:
                return {"problem": NOT_KEPT}
            return {"verdict": feedback.judge(judgement)}
        except (QuotidianError, OSError) as error:
            return {"problem": str(error)}

    return judge


def _read_line(line: bytes) -> Judgement | None:
    """Return the judgement that a line holds, ``None`` if it was cut short or is none of ours."""
    try:
        return msgspec.json.decode(line, type=Judgement)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def _ends_a_line(file: BinaryIO, size: int) -> bool:
    file.seek(size - 1)
    return file.read(1) == b"\n"


def _query_row(one: Judgement) -> dict[str, object]:
    return {
        "id": one.query,
        "text": one.question,
        "history": [{"role": "user", "content": turn} for turn in one.history],
        "answerable": True,
        "answers": [],
        "asked_on": one.when[: len("2026-11-22")],
    }


def _evidence_row(one: Judgement) -> dict[str, object]:
    return {
        "query_id": one.query,
        "article_id": one.article,
        "quote": one.quote,
        "start": one.start,
        "end": one.end,
    }


def _article_row(article: Article) -> dict[str, object]:
    known = describe(article)
    names = ("id", "title", "author", "publisher", "published", "url")
    return {name: known[name] for name in names} | {"text": article.text}


def _json_line(row: Mapping[str, object]) -> str:
    return json.dumps(row) + "\n"  # ASCII: a lone surrogate or a line separator harms nothing


def _replace(path: Path, lines: Iterable[str]) -> None:
    beside = path.with_suffix(".new")
    beside.write_text("".join(lines), encoding="utf-8")
    beside.replace(path)
