"""What commands print while they work and when they are done."""

import json
from dataclasses import replace
from datetime import date

import pytest

from retriever import BuildReport, Failure, LedgerEntry, Progress
from retriever.cli.progress_bars import show_progress
from retriever.cli.terminal import answer_lines, hit_lines, report_lines
from retriever.exporters.quote_forms import quote_forms
from retriever.records import (
    Article,
    ComputedDay,
    Disagreement,
    Filters,
    Hit,
    Listed,
    Listing,
    ListingKind,
    Outcome,
    Passage,
    Published,
    Quote,
    Scores,
    Span,
)
from tests.makers import make_answer, make_quote


def told(steps: list[Progress], capsys: pytest.CaptureFixture[str]) -> list[str]:
    with show_progress() as progress:
        for step in steps:
            progress(step)
    return capsys.readouterr().err.splitlines()


STEPS = [Progress(stage="embedding", done=done, total=4) for done in range(5)]


def test_away_from_a_terminal_a_short_stage_takes_two_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told(STEPS, capsys) == ["embedding: 0 of 4", "embedding: 4 of 4"]


def test_away_from_a_terminal_a_long_stage_is_told_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = iter([0.0, 6.0, 12.0, 18.0, 21.0])
    monkeypatch.setattr("time.monotonic", lambda: next(moments))
    assert told(STEPS, capsys) == ["embedding: 0 of 4", "embedding: 2 of 4", "embedding: 4 of 4"]


def test_one_large_file_shows_how_many_articles_it_has_given(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.monotonic", iter(range(0, 100, 11)).__next__)
    counts = [(0, 0), (900, 0), (900, 0), (1234, 128)]
    steps = [
        Progress(stage="reading", done=0, total=1, articles=articles, encoded=encoded)
        for articles, encoded in counts
    ]
    assert told(steps, capsys) == [
        "reading: 0 of 1",
        "reading: 0 of 1 (900 articles)",
        "reading: 0 of 1 (1,234 articles, 128 passages encoded)",
    ]


@pytest.mark.parametrize(
    ("left", "said"),
    [(0.2, "1 s"), (59, "59 s"), (89, "1 min"), (3_599, "1 h 0 min"), (12_000, "3 h 20 min")],
)
def test_the_pace_and_the_time_left_are_told(
    capsys: pytest.CaptureFixture[str], left: float, said: str
) -> None:
    step = Progress(stage="embedding", done=1, total=9, per_second=43.21, seconds_left=left)
    assert told([step], capsys) == [f"embedding: 1 of 9 (43.2 a second, {said} left)"]


def test_on_a_terminal_the_bar_shows_it_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    steps = [Progress(stage="reading", done=0, total=1, articles=900, per_second=43.21), *STEPS]
    shown = "\n".join(told(steps, capsys))
    assert "900 articles, 43.2 a second" in shown
    assert "4/4" in shown


def test_a_report_says_what_was_redone_skipped_and_repeated() -> None:
    report = BuildReport(
        articles=2,
        passages=3,
        embedded=1,
        reused=2,
        seconds=1.25,
        generation=4,
        failed=(Failure(path="c.pdf", reason="is encrypted"),),
        calibrated=True,
        redone={"words": "the rules of words are 2, they were 1"},
        ledger=(
            LedgerEntry(path="a.txt", state="article", articles=("a.txt",)),
            LedgerEntry(path="b.txt", state="duplicate", articles=("b.txt",), reason="has …"),
            LedgerEntry(path="c.pdf", state="failed", reason="is encrypted"),
            LedgerEntry(path="README", state="skipped", reason="accompanies articles"),
        ),
    )
    assert report_lines(report, "DIR") == [
        "2 articles, 3 passages (1 encoded, 2 reused) in 1.2 s",
        "generation 4 is in use in DIR",
        "words anew: the rules of words are 2, they were 1",
        "files: 1 with a text of their own, 1 with that of another, 1 skipped",
        "1 could not be read:",
        "  c.pdf: is encrypted",
    ]


def test_sources_that_were_read_and_names_that_are_listed_are_printed() -> None:
    answer = make_answer(make_quote("Nobody was hurt."))
    entries = (Listed(name="Ann Berg", articles=2, article="a.txt"),)
    people = Listing(kind=ListingKind.PEOPLE, entries=entries, total=7, articles=3, read=2)
    lines = answer_lines(
        replace(
            answer,
            filters=Filters(publisher="CNN"),
            read_filters=("publisher",),
            widened=Filters(author="Jane"),
            listing=people,
        )
    )
    assert "Read from the question: publisher CNN" in lines
    assert "No answer with author Jane; this is from all articles." in lines
    assert lines[-1] == "Searched: CNN, 0 of 1 article, 1 undated; built 2023-06-29T00:00:00Z."
    place = lines.index("1 of 7 people of 3 articles (the newest 2 read):")
    assert lines[place + 1] == "   Ann Berg (2)"
    nobody = replace(people, entries=(), total=0)
    refused = answer_lines(replace(answer, outcome=Outcome.NOT_FOUND, quotes=(), listing=nobody))
    assert refused[0] == "No people could be found in the articles."


def test_what_is_doubtful_of_an_article_stands_below_its_source() -> None:
    warning = "the page states two dates: 2023-06-25 (address) and 2023-06-28 (meta date)"
    article = Article(
        id="a", path="a.html", text="Nobody was hurt.", sha256="", title="T", warnings=(warning,)
    )
    passage = Passage(article=article, start=0, end=16, ordinal=0)
    hit = Hit(passage=passage, rank=1, scores=Scores(cosine=0.5, bm25=1.0, fused=0.5))
    assert hit_lines([hit], seconds=None)[:2] == ["1. T · undated", f"     ! {warning}"]
    quote = Quote(article=article, start=0, end=16, score=0.5)
    answer = make_answer(quote)
    lines = answer_lines(answer)
    assert f"     ! {warning}" in lines
    assert str(lines[1]).startswith(" 1 “")
    described = json.loads(json.dumps(answer.to_dict()))["quotes"][0]["article"]
    assert described["warnings"] == [warning]


def test_what_two_quotes_say_of_the_same_is_told_with_its_dates() -> None:
    published = Published(value="2021-05-03", precision="day", source="sidecar")
    one = make_quote("It killed 14 people.", id="one.txt", published=published)
    other = make_quote("It killed\n19 people.", id="two.txt")
    pair = Disagreement(
        reason="different numbers: 14 people / 19 people",
        quotes=(0, 1),
        kind="numbers",
        values=(Span(start=10, end=19), Span(start=10, end=19)),
    )
    answer = replace(make_answer(one), quotes=(one, other), disagreements=(pair,))
    lines = answer_lines(answer)
    place = lines.index("Quotes 1 and 2 do not say the same (numbers):")
    assert lines[place + 1 : place + 3] == [
        "   1, 2021-05-03: “14 people”",
        "   2, undated: “19 people”",
    ]
    unknown = replace(pair, values=None)
    assert (
        "Quotes 1 and 2 do not say the same: different numbers: 14 people / 19 people"
        in answer_lines(replace(answer, disagreements=(unknown,)))
    )


def test_the_day_that_a_weekday_means_is_said_to_be_computed() -> None:
    text = "It was signed on Tuesday."
    day = ComputedDay(weekday=Span(start=17, end=24), day=date(2023, 6, 27))
    answer = make_answer(replace(make_quote(text), when=(day,)))
    said = "Tuesday: 27 June 2023, computed from the publication date"
    assert f"     {said}" in answer_lines(answer)
    (when,) = json.loads(json.dumps(answer.to_dict()))["quotes"][0]["when"]
    assert when == {"start": 17, "end": 24, "day": "2023-06-27", "text": said}
    assert f"\n>\n> {said}" in quote_forms(answer.quotes[0].to_dict())["Markdown"]


def test_equal_answers_of_several_sources_stand_in_one_line_before_the_quotes() -> None:
    said = (("It cost 11,000.", "CNN"), ("It cost 12,000.", None), ("It cost 11 000.", "USA TODAY"))
    quotes = tuple(
        replace(make_quote(text, publisher=source), answering=Span(start=8, end=14))
        for text, source in said
    )
    lines = answer_lines(replace(make_answer(quotes[0]), quotes=quotes))
    assert [getattr(line, "text", line) for line in lines[:3]] == [
        "11,000 · CNN (1), USA TODAY (3)",
        "12,000 · a.txt (2)",
        "",
    ]
