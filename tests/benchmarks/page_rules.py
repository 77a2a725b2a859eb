"""Which rules of reading pages pay: ``python -m tests.benchmarks.page_rules FOLDER...``.

Each FOLDER is as for :mod:`tests.benchmarks.webpages`; the made-up sites of ``tests/corpus/sites``
are one set more. Printed are F1 over 4-grams of words by page, averaged over each set:

* of this program, of trafilatura as it comes and at the setting that this program asks it at, and
  of a second extractor, readability, with the pages on which we have less than half of
  trafilatura's F1;
* without any rule, and with each rule left out, with how many pages it makes better and worse;
* on pages on which the rules were not chosen: for each of ``--folds`` the rules are kept that pay
  on the other folds, and likewise for each set those that pay on the other sets.

A rule pays if leaving it out lowers the mean of the sets' means; the least paying one goes first.
"""

import argparse
import json
import logging
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import trafilatura
from lxml.html import fromstring
from trafilatura.readability_lxml import Document

from retriever.corpus.article.head import take_metadata
from retriever.corpus.decoding import decode_markup
from retriever.corpus.formats.markup.tree import parse_markup
from retriever.corpus.formats.webpage.article_text import cleaned_or_whole, find_text
from retriever.corpus.formats.webpage.body import RULES, Rule
from retriever.corpus.formats.webpage.metadata import read_metadata
from retriever.corpus.formats.webpage.page_blocks import PageBlocks, look_at_page
from retriever.errors import UnreadableError
from tests.benchmarks.webpages import page_at, score
from tests.corpus.sites.news import news_pages
from tests.corpus.sites.others import other_pages

Rules = tuple[Rule, ...]
OTHERS: Mapping[str, dict[str, Any]] = {
    "trafilatura, as it comes": {},
    "trafilatura, as asked": {"fast": True, "include_comments": False, "include_tables": False},
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """A page that was looked at once, its names, and the text that it should give."""

    name: str
    gold: str
    data: bytes
    page: PageBlocks | None
    title: str | None
    stated: str


@cache
def f1(case: Case, rules: Rules) -> float:
    """Return how well these rules read a page."""
    text = find_text(case.page, stated=case.stated, rules=rules).text
    rest = take_metadata(text, title=case.title).rest
    return score(case.gold, cleaned_or_whole(rest))[2]


def mean(cases: Sequence[Case], rules: Rules) -> float:
    """Return the mean F1 of pages, 0 of none."""
    return statistics.mean(f1(case, rules) for case in cases) if cases else 0.0


def main(folders: Sequence[Path], *, folds: int) -> None:
    """Print the three tables."""
    logging.disable(logging.WARNING)  # what other extractors say of pages that they cannot read
    sets = {folder.name: [*cases_of(folder)] for folder in folders}
    sets["made-up sites"] = [*_cases_of_sites()]
    _say_extractors(sets)
    _say_ablation(sets)
    _say_unseen(sets, folds)


def cases_of(folder: Path) -> Iterator[Case]:
    """Yield the pages of a folder that have a text to be compared with."""
    for line in (folder / "gold.jsonl").read_text().splitlines():
        gold = json.loads(line)
        if gold.get("text"):
            yield _case(gold["file"], gold["text"], page_at(folder / gold["file"]))


def _cases_of_sites() -> Iterator[Case]:
    for site in (*news_pages(), *other_pages()):
        yield _case(site.kind, site.text, site.markup.encode())


def _case(name: str, gold: str, data: bytes) -> Case:
    try:
        root = parse_markup(decode_markup(data))
    except UnreadableError:
        return Case(name=name, gold=gold, data=data, page=None, title=None, stated="")
    about = read_metadata(root)
    page = look_at_page(root, (*about.titles, about.url or ""))
    return Case(name=name, gold=gold, data=data, page=page, title=about.title, stated=about.body)


def _say_extractors(sets: Mapping[str, Sequence[Case]]) -> None:
    say(f"{'F1, mean of pages':28s}" + "".join(f"{name:>18s}" for name in sets))
    say(_row("this program", [mean(cases, RULES) for cases in sets.values()]))
    say(_row("without any rule", [mean(cases, ()) for cases in sets.values()]))
    default: dict[Case, float] = {}
    for name, settings in OTHERS.items():
        means = []
        for cases in sets.values():
            texts = (trafilatura.extract(case.data, **settings) or "" for case in cases)
            scores = [score(case.gold, text)[2] for case, text in zip(cases, texts, strict=True)]
            means.append(statistics.mean(scores))
            if not settings:
                default.update(zip(cases, scores, strict=True))
        say(_row(name, means))
    second = [
        statistics.mean(score(c.gold, _by_readability(c))[2] for c in cs) for cs in sets.values()
    ]
    say(_row("readability", second))
    poor = [case.name for case, other in default.items() if f1(case, RULES) < other / 2]
    say(f"under half of trafilatura's, as it comes: {', '.join(poor) or 'none'}")


def _by_readability(case: Case) -> str:
    try:
        summary = Document(parse_markup(decode_markup(case.data)), min_text_length=25).summary()
        return str(fromstring(summary).text_content())
    except (UnreadableError, ValueError, TypeError):
        return ""


def _say_ablation(sets: Mapping[str, Sequence[Case]]) -> None:
    say(f"\n{'what leaving it out costs':28s}" + "".join(f"{name:>18s}" for name in sets))
    for rule in RULES:
        without = _without(RULES, rule)
        cells = []
        for cases in sets.values():
            changes = [f1(case, RULES) - f1(case, without) for case in cases]
            better, worse = (sum(sign * change > 1e-9 for change in changes) for sign in (1, -1))
            cells.append(f"{statistics.mean(changes):+.4f} {better:3d}/{worse:<3d}".rjust(18))
        say(f"{_name(rule):28s}" + "".join(cells))


def _say_unseen(sets: Mapping[str, Sequence[Case]], folds: int) -> None:
    """Print F1 on pages that had no say in which rules are kept."""
    unseen: dict[str, list[float]] = {name: [] for name in sets}
    dropped: list[str] = []
    for fold in range(folds):
        others = [[c for n, c in enumerate(cases) if n % folds != fold] for cases in sets.values()]
        rules = choose_rules(others)
        dropped.append(", ".join(_name(rule) for rule in RULES if rule not in rules) or "none")
        for name, cases in sets.items():
            unseen[name].extend(f1(case, rules) for case in cases[fold::folds])
    say(f"\n{'rules chosen on':28s}" + "".join(f"{name:>18s}" for name in sets))
    say(
        _row(f"the other folds of {folds}", [statistics.mean(scores) for scores in unseen.values()])
    )
    apart = []
    for name, cases in sets.items():
        rules = choose_rules([other for key, other in sets.items() if key != name])
        apart.append(mean(cases, rules))
        dropped.append(", ".join(_name(rule) for rule in RULES if rule not in rules) or "none")
    say(_row("the other sets", apart))
    for number, names in enumerate(dropped, 1):
        which = f"fold {number}" if number <= folds else f"without {[*sets][number - folds - 1]}"
        say(f"{which}: left out {names}")


def choose_rules(sets: Sequence[Sequence[Case]]) -> Rules:
    """Return the rules that are left when those that do not pay have gone, one after the other."""
    rules: Rules = RULES
    while rules:
        now = statistics.mean(mean(cases, rules) for cases in sets)
        worth = {
            rule: now - statistics.mean(mean(cases, _without(rules, rule)) for cases in sets)
            for rule in rules
        }
        least = min(worth, key=lambda rule: worth[rule])
        if worth[least] > 0:
            break
        rules = _without(rules, least)
    return rules


def _without(rules: Rules, left_out: Rule) -> Rules:
    return tuple(rule for rule in rules if rule is not left_out)


def _name(rule: Rule) -> str:
    return rule.__name__.strip("_")


def _row(name: str, means: Sequence[float]) -> str:
    return f"{name:28s}" + "".join(f"{one:18.4f}" for one in means)


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="tests.benchmarks.page_rules")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--folds", type=int, default=5)
    arguments = parser.parse_args()
    main(arguments.folders, folds=arguments.folds)
