"""Judgements on quotes, kept beside the index as a data set that ``quotidian evaluate`` reads.

``judgements.jsonl`` grows by one line a judgement and is what counts; ``corpus.jsonl``,
``queries.jsonl`` and ``evidence.jsonl`` are written anew from it: the questions with at least one
quote judged right, those quotes, and their articles. Wrong ones stand in ``wrong.jsonl``.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any

from retriever import Article, Index, QuestionError, QuotidianError, describe
from webui.byline import read_place_key
from webui.chat.question import read_question, read_questions
from webui.wording import NOT_KEPT

JUDGEMENTS = "judgements.jsonl"
RIGHT, WRONG, NEITHER = "right", "wrong", "neither"


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

    def judge(self, value: object) -> str:
        """Store what the page says of a quote and return the verdict.

        ``value`` has ``asked`` and ``earlier`` as the page keeps them, ``key`` of the quote, and
        ``verdict``: right, wrong or neither.

        :raises QuestionError: if it has not, or the quote stands in no article.
        """
        judgement = self._judgement(value)
        with self._writing:
            self._folder.mkdir(parents=True, exist_ok=True)
            with (self._folder / JUDGEMENTS).open("a", encoding="utf-8") as file:
                file.write(_json_line(asdict(judgement)))
            self._write_dataset()
        return judgement.verdict

    def _judgement(self, value: object) -> Judgement:
        given = value if isinstance(value, Mapping) else {}
        asked = read_question(given.get("asked"))
        earlier = read_questions(given.get("earlier") or [])
        article_id, start, end = read_place_key(str(given.get("key")))
        quote = self._index.article(article_id).text[start:end]
        verdict = given.get("verdict")
        if verdict not in {RIGHT, WRONG, NEITHER} or not quote.strip():
            message = f"{verdict!r:.40} is no verdict on a quote; say {RIGHT}, {WRONG}, {NEITHER}"
            raise QuestionError(message)
        history = tuple(turn.question for turn in earlier)
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

    def _write_dataset(self) -> None:
        judged = [*self._standing()]
        right = [one for one, _ in judged if one["verdict"] == RIGHT]
        articles = {article.id: article for one, article in judged if one["verdict"] == RIGHT}
        queries = {one["query"]: _query_row(one) for one in right}
        rows = {
            "corpus.jsonl": map(_article_row, articles.values()),
            "queries.jsonl": queries.values(),
            "evidence.jsonl": map(_evidence_row, right),
            "wrong.jsonl": (_evidence_row(one) for one, _ in judged if one["verdict"] == WRONG),
        }
        for name, lines in rows.items():
            _replace(self._folder / name, map(_json_line, lines))

    def _standing(self) -> Iterator[tuple[dict[str, Any], Article]]:
        """Yield the last judgement on each quote that its article still holds, and the article."""
        last: dict[tuple[object, ...], dict[str, Any]] = {}
        for line in (self._folder / JUDGEMENTS).read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            last[one["query"], one["article"], one["start"], one["end"]] = one
        for one in last.values():
            try:
                article = self._index.article(one["article"])
            except QuestionError:  # gone since: its judgement waits for it to come back
                continue
            if article.text[one["start"] : one["end"]] == one["quote"]:
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


def _query_row(one: Mapping[str, Any]) -> dict[str, object]:
    return {
        "id": one["query"],
        "text": one["question"],
        "history": [{"role": "user", "content": turn} for turn in one["history"]],
        "answerable": True,
        "answers": [],
        "asked_on": one["when"][: len("2026-11-22")],
    }


def _evidence_row(one: Mapping[str, Any]) -> dict[str, object]:
    return {
        "query_id": one["query"],
        "article_id": one["article"],
        "quote": one["quote"],
        "start": one["start"],
        "end": one["end"],
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
