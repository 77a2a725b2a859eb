"""How often the speaker of a quotation is found, against quotations that people attributed.

    python -m tests.benchmarks.speakers SET [--half 0|1] [--show wrong|cut|none]

SET is a folder with ``corpus.jsonl`` and ``attributions.jsonl.gz``: in each line the ``kind`` of an
attribution and the spans of its ``source`` and its ``content`` in an article. What is counted are
the quotations in quotation marks (kinds direct and mixed) whose sentence names their source with
more than a pronoun. That sentence is the quote, and its speaker is right where it overlaps the
source; it is cut, too, where a word with a capital stands right beside it in the source. Of two
sources, one of which tells what the other said ("Reyes said no, the Times reported"), one is always
wrong. ``--half`` takes half of the articles, so that rules made on the one can be tried on the
other.
"""

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from retriever import Span
from retriever.answer.speakers import speaker_of
from retriever.records import Article, Quote
from retriever.text.content_words import content_words
from retriever.text.sentences import sentence_spans
from tests.makers import make_article

_QUOTED = ("direct", "mixed")
_CUT_BEFORE = re.compile(r"[A-Z][\w’'.-]*\s$")
_CUT_AFTER = re.compile(r"\s[A-Z]\w")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """A sentence of an article that quotes a ``source`` and names it."""

    quote: Quote
    source: Span


def main() -> None:
    """Print how many speakers are right, wrong and missing, and on request which."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.speakers")
    parser.add_argument("set", type=Path, help="a folder with articles and their attributions")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only half of the articles")
    parser.add_argument("--show", choices=("wrong", "cut", "none"), help="list these")
    given = parser.parse_args()
    counted: Counter[str] = Counter()
    for one in attributed(given.set, given.half):
        speaker = speaker_of(one.quote)
        found = judgements(one, speaker)
        counted.update(found)
        if given.show in found:
            named = speaker.of(one.quote.article.text) if speaker else None
            source = one.source.of(one.quote.article.text)
            sys.stdout.write(f"{one.quote.text}\n    {source!r}, found {named!r}\n")
    sys.stdout.write(
        f"{counted['all']} quotations: right {counted['right']} (cut {counted['cut']}), "
        f"wrong {counted['wrong']}, none {counted['none']}\n"
    )


def attributed(folder: Path, half: int | None) -> Iterator[Attributed]:
    """Yield the quotations of a set whose sentence names their source."""
    articles = _articles_of(folder)
    for identifier, attributions in _attributions_of(folder).items():
        if half not in (None, sha256(identifier.encode()).digest()[0] % 2):
            continue
        article = articles[identifier]
        sentences = sentence_spans(article.text)
        for one in attributions:
            found = _sentence_with_source(one, article, sentences)
            if found:
                quote = Quote(article=article, start=found.start, end=found.end, score=0)
                yield Attributed(quote=quote, source=_spans(one["source"])[0])


def judgements(one: Attributed, speaker: Span | None) -> tuple[str, ...]:
    """Return what is to be said of a speaker that was found, or not."""
    if speaker is None:
        return "all", "none"
    if not _overlap(speaker, one.source):
        return "all", "wrong"
    text = one.quote.article.text
    before, after = text[one.source.start : speaker.start], text[speaker.end : one.source.end]
    cut = _CUT_BEFORE.search(before) or _CUT_AFTER.match(after)
    return ("all", "right", "cut") if cut else ("all", "right")


def _articles_of(folder: Path) -> Mapping[str, Article]:
    lines = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return {row["id"]: make_article(row["text"], id=row["id"]) for row in rows}


def _attributions_of(folder: Path) -> Mapping[str, list[dict[str, Any]]]:
    """Return the attributions that have a source, by article."""
    by_article: dict[str, list[dict[str, Any]]] = defaultdict(list)
    with gzip.open(folder / "attributions.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["source"]:
                by_article[row["article_id"]].append(row)
    return by_article


def _sentence_with_source(
    row: Mapping[str, Any], article: Article, sentences: Sequence[Span]
) -> Span | None:
    """Return the sentence with a quotation and its source, if that is more than a pronoun."""
    source = _spans(row["source"])[0]
    if row["kind"] not in _QUOTED or not content_words(source.of(article.text)):
        return None
    return next(
        (
            sentence
            for sentence in sentences
            if sentence.start <= source.start and source.end <= sentence.end
            if any(_overlap(sentence, part) for part in _spans(row["content"]))
        ),
        None,
    )


def _spans(rows: Sequence[Mapping[str, Any]]) -> list[Span]:
    return [Span(start=row["start"], end=row["end"]) for row in rows]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


if __name__ == "__main__":
    main()
