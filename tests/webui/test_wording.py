"""Dates and counts in words."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retriever import Coverage, Failure, Filters
from tests.building import build_with, write_articles
from tests.hashing_encoder import HashingEncoder
from tests.makers import make_answer, make_quote
from webui.holdings import age_in_words, coverage_facts, searched_facts
from webui.wording import (
    STAGES,
    count,
    date_in_words,
    language_name,
    moment_in_words,
    pace,
)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2023-06-05", "5 June 2023"),
        ("2023-06", "June 2023"),
        ("2023", "2023"),
        (None, "undated"),
        ("2023-13", "2023-13"),
        ("last week", "last week"),
        ("2023-06-05-07", "2023-06-05-07"),
        ("", ""),
    ],
)
def test_a_date_is_as_exact_as_its_source(value: str | None, words: str) -> None:
    """A date is as exact as its source."""
    assert date_in_words(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-11-22T05:14:00+00:00", "22 November 2026, 05:14 UTC"),
        ("2026-11-22T06:14:00+01:00", "22 November 2026, 05:14 UTC"),
        ("2026-11-22T05:14:00Z", "22 November 2026, 05:14 UTC"),
        ("2026-11-22T05:14:00", "22 November 2026, 05:14 UTC"),
        ("today", "today"),
    ],
)
def test_a_moment_is_told_in_utc(value: str, words: str) -> None:
    """A moment is told in utc."""
    assert moment_in_words(value) == words


def test_counts() -> None:
    """Counts agree with their noun."""
    assert count(1, "article") == "1 article"
    assert count(0, "article") == "0 articles"
    assert count(12345, "article") == "12,345 articles"


@pytest.mark.parametrize(
    ("earliest", "latest", "undated", "failed", "facts"),
    [
        (None, None, 2, 0, ["2 articles searched", "undated"]),
        ("2023", "2023", 0, 0, ["2 articles searched", "dated 2023"]),
        (
            "2023-06-25",
            "2024",
            1,
            0,
            ["2 articles searched", "dated 25 June 2023 to 2024, 1 undated"],
        ),
        (None, None, 2, 1, ["2 articles searched", "undated", "1 file could not be read"]),
    ],
)
def test_coverage_names_what_was_searched(
    earliest: str | None, latest: str | None, undated: int, failed: int, facts: list[str]
) -> None:
    """Coverage names what was searched."""
    coverage = Coverage(
        articles=2,
        passages=9,
        publishers=0,
        undated=undated,
        earliest=earliest,
        latest=latest,
        failed=(Failure(path="a", reason="b"),) * failed,
        built="2026-11-22T05:14:00Z",
        generation=1,
    )
    now = datetime(2026, 11, 22, 7, 20, tzinfo=UTC)
    built = "index built 2 hours ago, 22 November 2026, 05:14 UTC"
    assert coverage_facts(coverage, now=now) == [*facts, built]
    assert coverage_facts(coverage, searched="", now=now)[0] == "2 articles"


def test_a_narrowed_answer_says_which_articles_were_searched_and_how_many() -> None:
    """Languages are called as on the page."""
    answer = replace(make_answer(make_quote("Oui.")), searched=1)
    assert searched_facts(answer)[0] == "1 article searched"
    french = replace(answer, filters=Filters(publisher="CNN", language="fr"))
    expected = "Searched: CNN, written in Français, 1 of 1 article"
    assert searched_facts(french)[0] == expected
    printed_again = replace(answer.coverage, articles=3, origins=2)
    told = searched_facts(replace(answer, coverage=printed_again))
    assert told[:2] == ["3 articles searched", "2 origins, reprints counted once"]
    some = searched_facts(replace(french, coverage=printed_again))
    assert not any("origins" in fact for fact in some)


@pytest.mark.parametrize(
    ("built", "words"),
    [
        ("2026-11-22T07:19:30Z", "just now, "),
        ("2026-11-22T07:19:00Z", "1 minute ago, "),
        ("2026-11-21T07:19:00Z", "1 day ago, "),
        ("2026-11-02T07:19:00Z", "20 days ago, "),
        ("2026-11-22T07:19:00", ""),
        ("long ago", ""),
    ],
)
def test_the_age_of_an_index_is_told_in_its_largest_unit(built: str, words: str) -> None:
    assert age_in_words(built, now=datetime(2026, 11, 22, 7, 20, tzinfo=UTC)) == words


def test_a_language_is_called_what_it_calls_itself() -> None:
    assert [language_name(code) for code in ("fr", "en-GB", "xx")] == [
        "Français",
        "English (en-GB)",
        "xx",
    ]


def test_every_stage_of_a_build_has_its_phrase_and_no_other_has(tmp_path: Path) -> None:
    """A build tells its stages; "starting" is what is said until it tells the first."""
    told = "The ferry to Aldra was cancelled. Nobody knows when the next one leaves."
    texts = {"1": told, "2": f"{told} It is the only one."}  # so that two are compared
    articles = [{"id": name, "title": "The ferry", "text": text} for name, text in texts.items()]
    corpus = write_articles(tmp_path / "corpus" / "a.jsonl", articles).parent
    seen: list[str] = []
    build_with(
        HashingEncoder(), corpus, tmp_path / "index", progress=lambda step: seen.append(step.stage)
    )
    assert ["starting", *dict.fromkeys(seen)] == [*STAGES]


def test_how_long_a_rebuild_takes_is_told_in_minutes() -> None:
    assert pace(None, None) == ""
    assert pace(43.21, None) == "43.2 a second"
    assert pace(43.21, 29) == "43.2 a second, less than a minute left"
    assert pace(1_234.5, 61) == "1,234.5 a second, about 1 minute left"
    assert pace(0.0, 600) == "about 10 minutes left"
