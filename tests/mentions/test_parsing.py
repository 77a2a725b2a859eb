"""Expressions are read as people write them, and one that cannot be says where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.errors import QuestionError
from retriever.mentions.expression import AllOf, AnyOf, NoneOf, SoughtNear, SoughtPhrase
from retriever.mentions.parsing import parse_expression
from tests.strategies import TRAPS


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "nothing to look for"),
        ("   ", "nothing to look for"),
        ("OR x", "“OR” at character 1"),
        ("x AND OR y", "“OR” at character 7"),
        ("x AND", "ends too early"),
        ("(a", "ends too early"),
        ("a)", "“)” at character 2"),
        ('a "b', "the quotation mark at character 3 is not closed"),
        ("a NEAR NOT b", "“NOT” at character 8"),
        ("a NEAR (b AND c)", "NEAR stands between words"),
        ("place:Ostby", "no field “place:” (at character 1)"),
        ("x publisher:", "nothing stands behind “publisher:” at character 3"),
        ('publisher:"" AND x', "nothing stands behind “publisher:” at character 1"),
        ('x AND author:"?"', "nothing stands behind “author:” at character 7"),
        ("a NEAR/1000 b", "“NEAR/1000” at character 3"),
        ("a NEAR/-1 b", "“NEAR/-1” at character 3"),
        ("Ostby -Marr", "“-Marr” at character 7"),
        ("rep*t", "the asterisk at character 4"),
        ("a AND *", "no word in “*” at character 7"),
        ("=us*", "both = and *"),
        ("a AND &", "no word in “&” at character 7"),
        ("x" * 1_001, "1,001 characters"),
        ("x OR " * 60 + "y", "121 words and operators"),
    ],
)
def test_a_malformed_expression_is_one_line_that_says_where(text: str, says: str) -> None:
    with pytest.raises(QuestionError) as raised:
        parse_expression(text)
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)


def test_operators_bind_as_in_lucene() -> None:
    found = parse_expression("a OR b AND NOT c")
    assert isinstance(found, AnyOf)
    assert isinstance(found.parts[1], AllOf)
    assert isinstance(found.parts[1].parts[1], NoneOf)
    assert parse_expression("a b NOT c") == parse_expression('"a b" AND NOT c')
    assert isinstance(parse_expression("a NEAR/3 (b OR c)"), SoughtNear)


def test_a_chain_of_near_joins_neighbours() -> None:
    chain = parse_expression("a NEAR b NEAR/3 (c OR d) NEAR e")
    links = ("a NEAR b", "b NEAR/3 (c OR d)", "(c OR d) NEAR e")
    assert chain == AllOf(parts=tuple(map(parse_expression, links)))
    with pytest.raises(QuestionError, match="NEAR stands between words"):
        parse_expression("(a NEAR b AND c NEAR d) NEAR e")


def test_words_side_by_side_are_a_phrase() -> None:
    assert parse_expression("Xi Jinping") == parse_expression("“xi   jinping”")
    assert parse_expression("and or not near") == parse_expression('"and or not near"')
    assert parse_expression("Franco-German") == parse_expression("franco german")
    assert parse_expression("ANDREW ORDER") == parse_expression("andrew order")


def test_a_hyphen_before_a_figure_or_in_quotation_marks_stays() -> None:
    assert parse_expression("minus -5 degrees") == parse_expression("minus 5 degrees")
    assert parse_expression('"Ostby -Marr"') == parse_expression("Ostby Marr")
    assert parse_expression("Ostby - Marr") == parse_expression("Ostby Marr")
    assert parse_expression('"NEAR/1000"') == parse_expression("near 1000")


def test_what_is_quoted_is_no_operator_and_no_field() -> None:
    found = parse_expression('"Warning: AND (OR)"')
    assert isinstance(found, SoughtPhrase)
    assert [word.form for word in found.words] == ["warning", "and", "or"]


@given(
    st.lists(st.sampled_from([*TRAPS, *'()"*=: ', "AND", "OR", "NOT", "NEAR/2", "x"]), max_size=9)
)
def test_anything_is_read_or_refused_in_one_line(parts: list[str]) -> None:
    try:
        parse_expression("".join(parts))
    except QuestionError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017  # either is well
