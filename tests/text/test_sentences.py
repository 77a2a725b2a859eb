"""Sentence spans: what they cover, where they end, and each rule by example."""

import time

import pytest
from hypothesis import given

from retriever.records import Span
from retriever.text.sentences import LONGEST_SENTENCE, is_finished, sentence_spans
from tests.benchmarks.sentences import cases, own
from tests.strategies import any_texts, line_texts


def sentences(text: str, *, language: str = "en") -> list[str]:
    return [span.of(text) for span in sentence_spans(text, language=language)]


@given(any_texts | line_texts)
def test_sentences_are_ordered_trimmed_and_cover_all_that_is_not_blank(text: str) -> None:
    end = 0
    for span in sentence_spans(text):
        assert end <= span.start < span.end
        assert not text[end : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        assert span.end - span.start <= LONGEST_SENTENCE
        end = span.end
    assert not text[end:].strip()


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(["He left at 5 p.m. Tuesday.", "Then it rained."], id="hour and weekday"),
        pytest.param(["It opens at 9:30 a.m. ET in Boston.", "Go."], id="hour and time zone"),
        pytest.param(["It closed at 5 p.m.", "He left."], id="hour at the end"),
        pytest.param(["The U.S. President spoke.", "He left."], id="U.S. before a name"),
        pytest.param(["It hit the U.S.", "The list is long."], id="U.S. at the end"),
        pytest.param(["Mr. Smith Jr. met Ms. Whitman of Washington, D.C. on Monday."], id="titles"),
        pytest.param(["It was No. 5 on the list.", "He won."], id="number"),
        pytest.param(["It is not just yes or no.", "Notable examples follow."], id="a plain no"),
        pytest.param(["J. K. Rowling wrote it.", "J.D. Gibbs read it."], id="initials"),
        pytest.param(["He lies in P.", "Because of that, it holds."], id="letter, then an opener"),
        pytest.param(["“We go.”", "She said no more."], id="quotation closed after the full stop"),
        pytest.param(["“Stop!” he said.", "He left."], id="quotation that goes on"),
        pytest.param(["‘He told anyone.’ ”", "Then he left."], id="closing mark after a space"),
        pytest.param(["“I go. You stay,” he said.", "He left."], id="quotation of two sentences"),
        pytest.param(["(He came.)", "Then he left."], id="sentence in brackets"),
        pytest.param(["Rep. Schiff (D-Calif.) Monday spoke."], id="abbreviation in brackets"),
        pytest.param(["It goes on ... until it ends."], id="ellipsis inside"),
        pytest.param(["He waited...", "Then he left."], id="ellipsis at the end"),
        pytest.param(["It was time.[1]", "He left.[2][3]", "So did she."], id="footnote marks"),
        pytest.param(["It was time. [1]", "He left.¹", "So did she."], id="footnote marks apart"),
        pytest.param(["It was “so.”[citation needed]", "He left."], id="editor's mark"),
        pytest.param(["WORCESTER, Mass. – In 1992, he left."], id="dateline"),
        pytest.param(["1. One thing.", "2. Another thing."], id="list numbers"),
        pytest.param(["Q. Why did you go?", "A. The rain."], id="question and answer"),
        pytest.param(["Yahoo! announced it."], id="lower case goes on"),
        pytest.param(["See it.", "https://t.co/a1"], id="an address does not go on"),
        pytest.param(["😀😀 Hi there.", "Cafe\u0301 is\x00 nice.", "Go."], id="code points"),
    ],
)
def test_rules(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_line_ends_a_sentence_unless_it_visibly_goes_on() -> None:
    assert sentences("A heading\nThe text.\r\nMore text\r\n\r\nand more") == [
        "A heading",
        "The text.",
        "More text",
        "and more",
    ]
    assert sentences("The line is cut\nin the middle. Yes.") == [
        "The line is cut\nin the middle.",
        "Yes.",
    ]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The harbour was closed on Monday after the worst storm in years, and\n"
        "President Smith said that it would not be opened before the end of\n"
        "Friday. Ships wait."
    )
    assert sentences(text) == [text[:-12], "Ships wait."]


def test_long_quotation_is_cut_at_its_sentences() -> None:
    inner = "We will stay here for as long as it takes and not a day longer than that."
    text = "“" + " ".join([inner] * 8) + "” The end is near."
    assert sentences(text) == ["“" + inner, *[inner] * 6, inner + "”", "The end is near."]


def test_table_without_sentences_is_broken_at_line_ends_semicolons_and_words() -> None:
    found = sentences("; ".join(["one, two three"] * 300))
    assert all(len(sentence) <= LONGEST_SENTENCE for sentence in found)
    assert all(sentence.endswith(";") for sentence in found[:-1])


def test_combining_marks_are_not_parted_from_their_letters() -> None:
    text = "e\u0301\u0327" * 3000
    assert all(sentence.startswith("e") for sentence in sentences(text))


@pytest.mark.parametrize("code", ["en-US", "EN", "xx", "", "not a language", "zh"])
def test_any_language_code_is_taken(code: str) -> None:
    assert sentences("One thing. Another thing.", language=code)[0] == "One thing."


def test_unknown_language_is_cut_as_english() -> None:
    text = "Mr. Smith left. He was late."
    assert sentences(text, language="qqq") == sentences(text)


@pytest.mark.parametrize(
    "unit", ["a", "e\u0301", "\u0301", "“He is. ", "... ", "[", "a, ", "x.[1] ", "A.) ", "\u200b"]
)
def test_long_lines_take_linear_time(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    started = time.process_time()
    spans = sentence_spans(text)
    assert time.process_time() - started < 30  # linear: 1 to 3 s; quadratic: minutes
    assert spans[-1] == Span(start=spans[-1].start, end=len(text.rstrip()))


@pytest.mark.parametrize(
    ("sentence", "finished"),
    [
        ("It ended.", True),
        ("“It ended.”", True),
        ("Had it ended? [12]", True),
        ("He called it “over”", True),
        ("結束了。", True),
        ("Related: what it means for you", False),
        ("[Audio: a building collapses]", False),
    ],
)
def test_captions_and_teasers_are_not_finished(sentence: str, *, finished: bool) -> None:
    assert is_finished(sentence) is finished


@pytest.mark.parametrize(
    "expected",
    [
        ["港は閉鎖された。", "市長は金曜日までと述べた。"],
        ["彼は「雨だ。風だ。」と言った。", "終わり。"],
        ["航道关闭了！", "为什么？", "没人知道。"],
        ["他说：“关闭。明天开。”"],
        ["तूफान आया।", "बन्दरगाह बन्द हुआ।"],
    ],
)
def test_sentences_that_no_blank_parts(expected: list[str]) -> None:
    text = ("" if "।" not in expected[0] else " ").join(expected)
    assert sentences(text) == expected


NOT_TOLD = {"They sell nails, rope, tar, etc. Business is slow."}  # etc. ends few sentences


@pytest.mark.parametrize("expected", cases(), ids=" ".join)
def test_hard_cases(expected: list[str]) -> None:
    assert (own(" ".join(expected)) == expected) is (" ".join(expected) not in NOT_TOLD)


@pytest.mark.parametrize(
    "expected",
    [
        ["He uses the app.", "12 million others do."],
        ["It was a draw, 3 vs. 3.", "Ten saw it."],
        ["They shouted for Holm!", "Then he came."],
        ["She flew to Ostby!", "We stayed."],
        ["It hit Pt.", "The next did not."],
        ["The lot was sold at 5 p.m. EST.", "20 people came."],
    ],
)
def test_what_only_looks_like_an_abbreviation_ends_a_sentence(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected
