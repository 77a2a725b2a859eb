"""Evaluation data sets: a folder of articles, questions and where their answers stand.

``corpus.jsonl`` or ``corpus.jsonl.gz`` holds the articles, ``queries.jsonl`` the questions,
``evidence.jsonl`` the spans that answer them, ``qrels.tsv`` (ranking sets only) graded articles:
question id, article id and grade, separated by tabs. A data set needs evidence or grades.
"""

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from retriever.errors import DatasetError, SettingsError
from retriever.records import Message, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedQuery:
    """A question, the conversation before it, and whether the corpus answers it.

    ``answers`` are the strings of which one should appear in a quote; empty where none are known.
    ``asked_on`` is the day of the question, which "this week" is relative to, if it is known.
    """

    id: str
    text: str
    history: tuple[Message, ...]
    answerable: bool
    answers: tuple[str, ...]
    asked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A place that answers a question: ``span`` of the article's text, which reads ``quote``.

    With ``article_level`` the whole article is the evidence and the span only points into it.
    ``place`` names the file and line that it was read from.
    """

    query: str
    article: str
    span: Span
    quote: str
    article_level: bool
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A data set as read: the questions in file order, evidence and grades by question id.

    ``grades`` maps a question to its articles' relevance; empty where there is no ``qrels.tsv``.
    """

    name: str
    corpus: Path
    queries: tuple[JudgedQuery, ...]
    evidence: Mapping[str, tuple[Evidence, ...]]
    grades: Mapping[str, Mapping[str, int]]

    @property
    def article_level(self) -> bool:
        """Whether all evidence is given by article, so that no span can be measured."""
        return all(item.article_level for items in self.evidence.values() for item in items)


def read_dataset(folder: Path) -> Dataset:
    """Read the questions and evidence of a data set; the corpus is only located.

    :raises DatasetError: naming the file, and the line where there is one, that cannot be used
    """
    if not folder.is_dir():
        message = f"{folder} is not a folder; give a data set: a folder with queries.jsonl"
        raise DatasetError(message)
    corpus = _corpus(folder)
    queries = _queries(folder / "queries.jsonl")
    known = {query.id for query in queries}
    has_grades = (folder / "qrels.tsv").is_file()
    has_evidence = (folder / "evidence.jsonl").is_file() or not has_grades
    return Dataset(
        name=folder.resolve().name,
        corpus=corpus,
        queries=queries,
        evidence=_evidence(folder / "evidence.jsonl", known) if has_evidence else {},
        grades=_grades(folder / "qrels.tsv", known) if has_grades else {},
    )


def check_evidence(dataset: Dataset) -> None:
    """Compare every evidence span with the corpus, reading each article once.

    :raises DatasetError: naming the first line of evidence whose article is missing or whose
        quote does not stand at its offsets
    """
    wanted: defaultdict[str, list[Evidence]] = defaultdict(list)
    for items in dataset.evidence.values():
        for item in items:
            wanted[item.article].append(item)
    for _, article in _rows(dataset.corpus, _ArticleLine):
        for item in wanted.pop(article.id, []):
            if item.span.of(article.text) != item.quote:
                raise DatasetError(
                    f"{item.place}: the quote does not stand at {item.span.start}-{item.span.end} "
                    f"of {item.article!r}; offsets count Unicode code points"
                )
    for missing, unmet in wanted.items():
        raise DatasetError(f"{unmet[0].place}: article {missing!r} is not in {dataset.corpus}")


def sample(queries: tuple[JudgedQuery, ...], limit: int | None) -> tuple[JudgedQuery, ...]:
    """Return ``limit`` questions: the first answerable and unanswerable ones, in proportion.

    The order of the file is kept. Where both kinds exist and ``limit`` is at least 2, each has
    one question or more.

    :raises SettingsError: if ``limit`` is below 1
    """
    if limit is None or limit >= len(queries):
        return queries
    if limit < 1:
        message = f"the limit is {limit}; give 1 or more, or leave it out to ask every question"
        raise SettingsError(message)
    answerable = [number for number, query in enumerate(queries) if query.answerable]
    unanswerable = [number for number, query in enumerate(queries) if not query.answerable]
    share = round(limit * len(answerable) / len(queries))
    if answerable and unanswerable and limit > 1:
        share = min(max(share, 1), limit - 1)
    kept = sorted(answerable[:share] + unanswerable[: limit - share])
    return tuple(queries[number] for number in kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ArticleLine:
    """What a line of the corpus has to hold to be compared with the evidence."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _EvidenceLine:
    """A line of ``evidence.jsonl``."""

    query_id: str
    article_id: str
    quote: str
    start: int
    end: int
    article_level: bool = False


_Line = TypeVar("_Line", JudgedQuery, _ArticleLine, _EvidenceLine)


def _corpus(folder: Path) -> Path:
    for name in ("corpus.jsonl", "corpus.jsonl.gz"):
        if (folder / name).is_file():
            return folder / name
    message = f"{folder} has neither corpus.jsonl nor corpus.jsonl.gz; put the articles there"
    raise DatasetError(message)


def _queries(path: Path) -> tuple[JudgedQuery, ...]:
    queries: dict[str, JudgedQuery] = {}
    for place, query in _rows(path, JudgedQuery):
        if query.id in queries:
            message = f"{place}: the id {query.id!r} was used before; ids have to be unique"
            raise DatasetError(message)
        queries[query.id] = query
    if not queries:
        raise DatasetError(f"{path} holds no question; add one JSON object a line")
    return tuple(queries.values())


def _evidence(path: Path, known: set[str]) -> dict[str, tuple[Evidence, ...]]:
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for place, line in _rows(path, _EvidenceLine):
        if line.query_id not in known:
            raise DatasetError(f"{place}: no question has the id {line.query_id!r}")
        if not 0 <= line.start < line.end:
            raise DatasetError(
                f"{place}: {line.start}-{line.end} is no span; start counts from 0 and end lies "
                "behind it"
            )
        item = Evidence(
            query=line.query_id,
            article=line.article_id,
            span=Span(start=line.start, end=line.end),
            quote=line.quote,
            article_level=line.article_level,
            place=place,
        )
        found[item.query].append(item)
    return {query: tuple(items) for query, items in found.items()}


def _grades(path: Path, known: set[str]) -> dict[str, dict[str, int]]:
    grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for number, line in _lines(path):
        fields = line.split("\t")
        if number == 1 and fields[-1].casefold() in {"score", "relevance", "grade"}:
            continue  # some collections name their columns
        grade = fields[2] if len(fields) == 3 else ""
        if not grade.removeprefix("-").isdecimal() or fields[0] not in known:
            raise DatasetError(
                f"{path}:{number}: {line!r:.60} is not the id of a question, the id of an article "
                "and a whole number, separated by tabs"
            )
        grades[fields[0]][fields[1]] = int(grade)
    return dict(grades)


def _rows(path: Path, kind: type[_Line]) -> Iterator[tuple[str, _Line]]:
    """Yield each line's place, for messages, and what it holds."""
    for number, line in _lines(path):
        place = f"{path}:{number}"
        try:
            # By the standard library, which reads what the page writes: half an emoji, for one.
            yield place, msgspec.convert(json.loads(line), kind)
        except (ValueError, RecursionError) as error:
            message = f"{place}: {error}, in {line!r:.60}; each line has to be one such JSON object"
            raise DatasetError(message) from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, without their ends, numbered from 1."""
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        message = f"{path} cannot be read ({error}); a data set's files are UTF-8 text, or gzip"
        raise DatasetError(message) from error
