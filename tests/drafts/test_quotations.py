"""The quotations of a draft and their parts, and that nobody waits long for them."""

from collections.abc import Callable

import pytest

from retriever.drafts.quotations import draft_quotations
from tests.growth import growth_of_time


@pytest.mark.parametrize(
    ("draft", "parts"),
    [
        ("“one two […] three.”", [["one", "two"], ["three"]]),
        ("“one two [ … ] three.”", [["one", "two"], ["three"]]),
        ("“one [the mayor] three.”", [["one"], ["three"]]),
        ("“[T]he one [sic] (two) three.”", [["\u200bthe", "one", "(", "two", ")", "three"]]),
        ("> one two\n>\n> three\n> — Ada Reyes", [["one", "two", "three"]]),
        ("> one\n\n“two”", [["one"], ["two"]]),
        ("> one “two”\n\n“three”", [["one", "two"], ["three"]]),
    ],
)
def test_an_editors_marks_part_a_quotation(draft: str, parts: list[list[str]]) -> None:
    found = [part for one in draft_quotations(draft) for part in one.parts]
    told = [[token.loose for token in part] for part in found]
    assert told == [[word.replace("\u200b", "") for word in part] for part in parts]


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda count: "> " + "a [...] " * count, id="words left out"),
        pytest.param(lambda count: ">a\n\n“b”\n\n" * count, id="blocks beside marks"),
        pytest.param(lambda count: "“a [" + " " * count + "b”", id="a bracket and blanks"),
        pytest.param(lambda count: "> a\n" + "> \n" * count + "> b", id="empty lines"),
    ],
)
def test_no_draft_takes_more_time_than_its_length(make: Callable[[int], str]) -> None:
    assert growth_of_time(lambda draft: [*draft_quotations(draft)], make, 1_000) < 3
