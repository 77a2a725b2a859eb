"""Hyphens at the ends of lines: those of the line go, those of the word stay."""

import pytest

from retriever.corpus.formats.pdf.hyphens import joint

KNOWN = frozenset({"state-run", "email", "post-war"})


@pytest.mark.parametrize(
    ("last", "line"),
    [
        ("on the twenty-", "first of May"),
        ("and thirty-", "five others"),
        ("some two-", "thirds of it"),
        ("a 15-", "year-old boy"),
        ("the 15-year-", "old boy"),
        ("a six-", "month-old plan"),
        ("a self-", "made man"),
        ("the UK-", "based firm"),
        ("the well-", "known singer"),
        ("her mother-in-", "law said"),
        ("a state-", "of-the-art ship"),
        ("the attorney-", "general said"),
        ("the long-", "term plan"),
        ("the so-", "called truce"),
        ("a state-", "run bank"),
        ("the post-", "war years"),
        ("il a quatre-", "vingts ans"),
        ("the Franco-", "German plan"),
        ("in 2019-", "2020 it"),
    ],
)
def test_a_hyphen_of_the_word_stays(last: str, line: str) -> None:
    assert joint(last, line, KNOWN) == len(last)


@pytest.mark.parametrize(
    ("last", "line"),
    [
        ("the har-", "bour of"),
        ("they ex-", "plain it"),
        ("it was re-", "called later"),
        ("a stub-", "born man"),
        ("is cor-", "related with"),
        ("the over-", "sized ship"),
        ("an e-", "mail came"),
        ("of self-", "ish men"),
        ("for some-", "time now"),
        ("in-", "ternational"),
        ("the Wert\u00ad", "papier"),
        ("twenty\u00ad", "first"),
        ("a six-", "teen"),
        ("the on-", "going talks"),
    ],
)
def test_a_hyphen_of_the_line_goes(last: str, line: str) -> None:
    assert joint(last, line, KNOWN) == len(last) - 1


@pytest.mark.parametrize("last", ["no hyphen", "a dash —", "- ", "..."])
def test_other_ends_are_none(last: str) -> None:
    assert joint(last, "and on", KNOWN) is None
