"""What stands in quotation marks, whatever the marks, and whatever paragraphs it crosses."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.text.quotations import quotation_spans, without_quotations
from tests.growth import growth_of_time


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “no” and “never.”", ["“no”", "“never.”"]),
        ('He said "no" and "never."', ['"no"', '"never."']),
        ("‘I don’t know the miners’ names,’ he said.", ["‘I don’t know the miners’ names,’"]),
        ("The dogs’ owner made ‘bogus’ claims.", ["‘bogus’"]),
        ("'I don't know,' he said of the '90s.", ["'I don't know,'"]),
        ("„Nein“, sagte sie, „nie“.", ["„Nein“", "„nie“"]),
        ("«Non», dit-elle. « Jamais »", ["«Non»", "« Jamais »"]),
        ("»Nein«, sagte sie.", ["»Nein«"]),
        ("”Nej,” sade hon.", ["”Nej,”"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("“One.\n\n“Two,” he said.", ["“One.\n\n“Two,”"]),
        ("“One,\n\ntwo,” he said.", ["“One,\n\ntwo,”"]),
        ("“One.\n\nThen “two,” he said.", ["“two,”"]),
        ('A board of 6" and “one\n\nmore.', []),
        ("It’s the miners’ dam.", []),
    ],
)
def test_quotations_are_found(text: str, quoted: list[str]) -> None:
    assert [span.of(text) for span in quotation_spans(text)] == quoted


def test_quoted_words_are_blanked_out_in_each_paragraph() -> None:
    assert without_quotations("“One.\n\n“Two,” he said.") == "“   ”\n\n“    ” he said."


@given(st.text(alphabet="ab ,.\n“”‘’\"'„«»", max_size=200))
def test_nothing_but_quotations_changes(text: str) -> None:
    shown = without_quotations(text)
    assert len(shown) == len(text)
    spans = quotation_spans(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    inside = {place for span in spans for place in range(span.start, span.end)}
    assert all(shown[n] == text[n] for n in range(len(text)) if n not in inside)
    assert shown.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda count: "“a " * count, id="opened and never closed"),
        pytest.param(lambda count: "'as " * count, id="behind an s"),
        pytest.param(
            lambda count: '"a ' * count + "\n" + "b“" * count, id="marks that open nothing"
        ),
    ],
)
def test_marks_that_nothing_closes_take_time_by_their_number(make: Callable[[int], str]) -> None:
    assert growth_of_time(quotation_spans, make, 800) < 3
