"""Passages: what they cover, what they never mix, and their size."""

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from retriever.records import Article, Footnote, Passage, Span
from retriever.text.passages import split_passages
from retriever.text.sentences import sentence_spans
from tests.makers import make_article
from tests.strategies import articles


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def split(article: Article, budget: int = 40) -> list[Passage]:
    return split_passages(article, budget=budget, count_tokens=count_words)


@given(articles(), st.integers(min_value=1, max_value=60))
def test_passages_are_ordered_trimmed_and_cover_all_that_is_not_blank(
    article: Article, budget: int
) -> None:
    text, end = article.text, 0
    passages = split(article, budget)
    for passage in passages:
        assert end <= passage.start < passage.end
        assert not text[end : passage.start].strip()
        assert passage.text == passage.text.strip()
        end = passage.end
    assert not text[end:].strip()
    assert [passage.ordinal for passage in passages] == list(range(len(passages)))


@given(articles(), st.integers(min_value=1, max_value=60))
def test_passages_keep_to_the_budget_and_to_sentence_borders(article: Article, budget: int) -> None:
    sentences = sentence_spans(article.text)
    # A sentence over the budget may be cut; letters without a space count as words by length.
    short = [
        span
        for span in sentences
        if max(count_words([span.of(article.text)])[0], (span.end - span.start) // 20) <= budget
    ]
    for passage in split(article, budget):
        assert count_words([passage.text])[0] <= budget
        for place in (passage.start, passage.end):
            assert not any(span.start < place < span.end for span in short)


def test_headings_begin_passages_and_are_named() -> None:
    text = "Intro one.\n\nFirst part\n\nBody one.\n\nSecond part\n\nThird part\n\nBody two."
    headings = tuple(
        Span(start=match.start(), end=match.end()) for match in re.finditer(r"\w+ part", text)
    )
    passages = split(make_article(text, headings=headings))
    assert [(part.heading, part.text) for part in passages] == [
        (None, "Intro one."),
        ("First part", "First part\n\nBody one."),
        ("Third part", "Second part\n\nThird part\n\nBody two."),
    ]


def test_body_and_footnotes_are_kept_apart() -> None:
    text = "The body.[1]\n[1] The source.\n[2] Another."
    entries = [Span(start=17, end=28), Span(start=33, end=41)]
    notes = tuple(Footnote(label="1", marks=(), entry=span, source=span) for span in entries)
    assert [part.text for part in split(make_article(text, footnotes=notes))] == [
        "The body.[1]",
        "[1] The source.\n[2] Another.",
    ]


def test_passage_stops_early_at_a_paragraph_border() -> None:
    ten = "One two three four five six seven eight nine ten."
    text = f"{ten} {ten} {ten}\n\n{ten} {ten} {ten} {ten}"
    assert [count_words([part.text])[0] for part in split(make_article(text))] == [30, 40]


def test_last_two_passages_are_evened_out() -> None:
    five = "One two three four five."
    text = " ".join([five] * 9)
    assert [count_words([part.text])[0] for part in split(make_article(text))] == [20, 25]


def test_sentence_over_the_budget_is_cut_at_words() -> None:
    text = " ".join(["word"] * 95)
    assert [count_words([part.text])[0] for part in split(make_article(text))] == [40, 40, 15]


def test_tokens_are_counted_once_for_all_sentences() -> None:
    calls: list[int] = []

    def counting(texts: Sequence[str]) -> list[int]:
        calls.append(len(texts))
        return count_words(texts)

    split_passages(make_article("One. Two. Three."), budget=40, count_tokens=counting)
    assert calls == [3]


def test_blank_text_has_no_passages() -> None:
    assert split(make_article(" \n\t\n")) == []


def test_text_without_words_makes_no_giant_passage() -> None:
    for unit in ("a", "\u200b\n", "\u0301"):
        passages = split(make_article((unit * 200_000)[:200_000]), budget=180)
        assert max(part.end - part.start for part in passages) <= 180 * 20 + 180
