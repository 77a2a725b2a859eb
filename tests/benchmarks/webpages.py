"""Score the reading of saved pages: ``python -m tests.benchmarks.webpages FOLDER [--losses]``.

FOLDER holds ``gold.jsonl`` and the pages that its lines name under ``file``, gzipped or not. A line
with ``text`` is scored for the body: precision, recall and F1 over 4-grams of words, by page, then
averaged; trafilatura's own settings are scored on the same pages. A line with ``title``, ``author``
or ``date`` is scored for these, and for segments that must and must not be in the text.
"""

import argparse
import gzip
import json
import re
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import trafilatura

from retriever.corpus import ReaderPool, read_source, survey
from retriever.records import Article

Gold = Mapping[str, Any]
Score = tuple[float, float, float]

_WORD = re.compile(r"\w+")
_NO_EXTRAS: dict[str, Any] = {"include_comments": False, "include_tables": False}
SETTINGS: dict[str, dict[str, Any]] = {
    "trafilatura, as it comes": {},
    "trafilatura, no comments": {"include_comments": False},
    "trafilatura, no tables": _NO_EXTRAS,
    "trafilatura, no tables, fast": {**_NO_EXTRAS, "fast": True},
    "trafilatura, no tables, precision": {**_NO_EXTRAS, "favor_precision": True},
    "trafilatura, no tables, recall": {**_NO_EXTRAS, "favor_recall": True},
    "trafilatura, no tables, fast, precision": {
        **_NO_EXTRAS,
        "fast": True,
        "favor_precision": True,
    },
    "trafilatura, no tables, fast, recall": {**_NO_EXTRAS, "fast": True, "favor_recall": True},
}


def main(folder: Path, *, losses: bool) -> None:
    """Print the figures of all that the gold file states."""
    golds = [json.loads(line) for line in (folder / "gold.jsonl").read_text().splitlines()]
    pages = [page_at(folder / gold["file"]) for gold in golds]
    with ReaderPool() as readers:
        articles = [_read(page, readers) for page in pages]
    say(f"{len(golds)} pages, {sum(article is None for article in articles)} without an article")
    if any(gold.get("text") for gold in golds):
        _score_bodies(golds, pages, articles, losses=losses)
    if any("date" in gold for gold in golds):
        _score_metadata(golds, pages, articles, losses=losses)


def page_at(file: Path) -> bytes:
    """Return the bytes of a page, gzipped or not."""
    data = file.read_bytes()
    return gzip.decompress(data) if file.suffix == ".gz" else data


def _read(page: bytes, readers: ReaderPool) -> Article | None:
    """Return the article that the program reads from a page, as it would from a folder."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.html").write_bytes(page)
        (source,) = survey(Path(folder)).sources
        items = read_source(source, readers)
        return next((item for item in items if isinstance(item, Article)), None)


def _score_bodies(
    golds: Sequence[Gold],
    pages: Sequence[bytes],
    articles: Sequence[Article | None],
    *,
    losses: bool,
) -> None:
    own = [article.text if article else "" for article in articles]
    rows = {"this program": own}
    for name, settings in SETTINGS.items():
        rows[name] = [trafilatura.extract(page, **settings) or "" for page in pages]
    say(f"\n{'body':40s} precision  recall   F1, mean of pages   halves         F1 of the means")
    for name, texts in rows.items():
        scores = [score(gold["text"], text) for gold, text in zip(golds, texts, strict=True)]
        precision, recall, f1 = (statistics.mean(part) for part in zip(*scores, strict=True))
        even, odd = (statistics.mean(s[2] for s in scores[half::2]) for half in (0, 1))
        both = 2 * precision * recall / (precision + recall)
        mean = f"{precision:.4f}   {recall:.4f}   {f1:.4f}"
        say(f"{name:40s} {mean}   {even:.4f} {odd:.4f}   {both:.4f}")
    if losses:
        _say_losses(golds, own)


def score(gold: str, text: str) -> Score:
    """Return precision, recall and F1 of the word 4-grams of a text, each in [0, 1]."""
    wanted, found = _shingles(gold), _shingles(text)
    common = (wanted & found).total()
    precision = common / found.total() if found else 0.0
    recall = common / wanted.total() if wanted else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def _shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    count = max(1, len(words) - size + 1)
    return Counter(tuple(words[i : i + size]) for i in range(count) if words)


def _say_losses(golds: Sequence[Gold], texts: Sequence[str]) -> None:
    """Print the pages that lose most, with the lines that are too many and too few."""
    order = sorted(range(len(golds)), key=lambda i: score(golds[i]["text"], texts[i])[2])
    for i in order[:20]:
        f1 = score(golds[i]["text"], texts[i])[2]
        say(f"\n{f1:.3f} {(golds[i].get('url') or golds[i]['file'])[:90]}")
        for mark, lines, other in (
            ("+", texts[i], golds[i]["text"]),
            ("-", golds[i]["text"], texts[i]),
        ):
            known = " ".join(_WORD.findall(other))
            for line in lines.splitlines():
                if " ".join(_WORD.findall(line)) not in known:
                    say(f"  {mark} {line[:150]}")


def _score_metadata(
    golds: Sequence[Gold],
    pages: Sequence[bytes],
    articles: Sequence[Article | None],
    *,
    losses: bool,
) -> None:
    others = [trafilatura.extract_metadata(page) for page in pages]
    say("\nfield   stated  right  wrong  wrong without warning  right by trafilatura")
    for name, read in _FIELDS.items():
        counts: Counter[str] = Counter()
        for gold, article, other in zip(golds, articles, others, strict=True):
            if not gold.get(name):
                continue
            wanted, found = _letters(gold[name]), _letters(read(article) if article else "")
            counts["stated"] += 1
            counts["right"] += found == wanted
            counts["wrong"] += bool(found) and found != wanted
            counts["sure"] += bool(found) and found != wanted and not (article and article.warnings)
            counts["other"] += _letters(getattr(other, name, None) or "") == wanted
            if losses and found != wanted:
                say(f"  {name}: {gold[name]!r}, read {found!r}: {(gold.get('url') or '')[:60]}")
        numbers = [counts[key] for key in ("stated", "right", "wrong", "sure", "other")]
        say(f"{name:8s}" + "".join(f"{number:7d}" for number in numbers))
    _score_segments(golds, articles)


_FIELDS: dict[str, Callable[[Article], str]] = {
    "title": lambda article: article.title or "",
    "author": lambda article: article.author or "",
    "date": lambda article: article.published.value if article.published else "",
}


def _score_segments(golds: Sequence[Gold], articles: Sequence[Article | None]) -> None:
    texts = [" ".join((article.text if article else "").split()) for article in articles]
    for name in ("must_have", "must_not_have"):
        pairs = [
            (" ".join(segment.split()), text)
            for gold, text in zip(golds, texts, strict=True)
            for segment in gold.get(name) or []
        ]
        say(f"{name:14s} {sum(part in text for part, text in pairs)} of {len(pairs)} in the text")


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="tests.benchmarks.webpages")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--losses", action="store_true", help="print what was read wrong")
    arguments = parser.parse_args()
    main(arguments.folder, losses=arguments.losses)
