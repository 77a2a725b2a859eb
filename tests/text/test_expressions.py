"""What is told by its form: dates, numbers, sums of money, ages, periods, places and reasons."""

import pytest

from retriever.text.expressions import Expression, expressions, holds_new

HELD = [
    ("It ended in 1996.", Expression.TIME, ["1996"]),
    ("Painted in 1887, it shows a beach.", Expression.TIME, ["1887"]),
    ("The fief began in 911 as a gift.", Expression.TIME, ["in 911"]),
    ("They came in 300 ships.", Expression.TIME, []),
    ("They may march on.", Expression.TIME, []),
    ("On Tuesday, May 5, they met.", Expression.TIME, ["Tuesday", "May 5"]),
    ("It began three weeks earlier.", Expression.TIME, ["three weeks earlier"]),
    ("He retired after the war.", Expression.TIME, []),
    ("He retired after the war.", Expression.OCCASION, ["after"]),
    ("The doors opened at 6:40 a.m. sharp.", Expression.CLOCK, ["6:40 a.m."]),
    ("Some 1,204 voted.", Expression.NUMBER, ["1,204"]),
    ("Sixty-two boats came.", Expression.NUMBER, ["Sixty-two"]),
    ("Dozens were hurt.", Expression.NUMBER, ["Dozens"]),
    ("Nothing moved.", Expression.NUMBER, []),
    ("It sold for 3.5 million crowns.", Expression.MONEY, ["3.5 million crowns"]),
    ("It sold for $40 and £3bn.", Expression.MONEY, ["$40", "£3bn"]),
    ("Some 71% agreed, one in five did not.", Expression.PERCENT, ["71%", "one in five"]),
    ("The 44-year-old driver won.", Expression.AGE, ["44-year-old"]),
    ("Ms. Doe, 44, won.", Expression.AGE, [", 44"]),
    ("The Wren carried 212 passengers.", Expression.AGE, []),
    ("A 23-year rule ended.", Expression.DURATION, ["A 23-year"]),
    ("It is 23.4 kilometres long.", Expression.LENGTH, ["23.4 kilometres"]),
    ("A trip to Port Halden in May.", Expression.PLACE, ["to Port"]),
    ("It closed because of the frost.", Expression.REASON, ["because"]),
    ("In 2019, 30 boats paid $5 on 3 May.", Expression.COUNT, ["30"]),
    ("An F-16 never flew on June 24.[6]", Expression.COUNT, []),
    ("The 1500 workers stayed for six days.", Expression.COUNT, ["1500"]),
]


@pytest.mark.parametrize(("text", "kind", "held"), HELD)
def test_a_text_holds_what_has_the_form(text: str, kind: Expression, held: list[str]) -> None:
    assert [span.of(text) for span in expressions(text, kind)] == held


def test_what_is_known_already_is_not_new() -> None:
    text = "In 2019 the 28 members met."
    assert holds_new(text, Expression.NUMBER, frozenset({"28"}))
    assert not holds_new(text, Expression.COUNT, frozenset({"28"}))
    assert not holds_new(text, Expression.TIME, frozenset({"2019"}))


@pytest.mark.parametrize(
    "text",
    [
        "They left at half past six.",
        "They left at a quarter to three.",
        "They left at six o’clock.",
        "They left at six in the morning.",
        "It was written in the sixth century.",
        "It dates back many centuries or a half-century later.",
        "They meet on Sundays.",
        "It was sung in the ’90s.",
        "Two nights before, they had met.",
        "They will marry on her next birthday.",
        "He did it aged twelve.",
        "It opens this spring.",
        "They met at dusk.",
        "They know by now.",
        "The mayor left in Sept. for good.",
        "They fled in AD 70.",
        "A few semesters later they had forgotten.",
    ],
)
def test_a_time_is_found_in_every_form(text: str) -> None:
    """Most sentences are never looked at closely: none of these may be among them."""
    assert [*expressions(text, Expression.TIME)]
