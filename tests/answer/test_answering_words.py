"""The answering words: whole, without what does not belong to them, and never outside the quote."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.answer.answering_words import answering_words
from retriever.records import Quote, Span
from tests.makers import make_article
from tests.strategies import any_texts


def marked(text: str, pointed_at: str, *, score: float = 1.0) -> str | None:
    """Return what is marked where a reader points at these words, which stand once in the text."""
    start = text.index(pointed_at)
    span = answering_words(
        text,
        quote=Span(start=0, end=len(text)),
        pointed_at=Span(start=start, end=start + len(pointed_at)),
        score=score,
        least=0.5,
    )
    return span.of(text) if span else None


@pytest.mark.parametrize(
    ("text", "pointed_at", "words"),
    [
        ("He will move to Belarus.", "Belarus.", "Belarus"),
        ("He will move to Belarus.", " Belarus", "Belarus"),
        ("The treaty, signed in 2001, holds.", ", signed in 2001,", "signed in 2001"),
        ("It cost $5.2 million.", "$5.2 million.", "$5.2 million"),
        ("Rates rose to 4.5%.", "4.5%.", "4.5%"),
        ("It fell to -5°.", "-5°.", "-5°"),
        ("It fell – to five.", "– to five", "to five"),
        ("Prices rose by 1,250 crowns.", "250", "1,250"),
        ("Yevgeny Prigozhin moved.", "Prigo", "Prigozhin"),
        ("Yevgeny Prigozhin moved.", "zhin", "Prigozhin"),
        ("Cafe\u0301s closed.", "Cafe", "Cafe\u0301s"),
        ("外交部长秦刚会见了他。", "秦刚", "秦刚"),
        ("ロシアのルデンコ外務次官が訪れた。", "ルデンコ外務次官", "ルデンコ外務次官"),
        ("彼はNATOに加盟した2023年。", "NAT", "NATO"),
        ("เขาไปกรุงเทพเมื่อวาน", "กรุงเท", "กรุงเท"),
        ("เขาไปที่บ้าน", "ท", "ที่"),
        ("\u1781\u17d2\u1798\u17c2\u179a", "\u1781", "\u1781\u17d2\u1798\u17c2"),  # Khmer
        ("사람들이 서울에서 만났다.", "서울", "서울에서"),
        ("वह दिल्ली में रहते हैं।", "दिल", "दिल्ली"),
        ("वह दिल्ली में रहते हैं।", "\u094dली में", "दिल्ली में"),
        ("Он живёт в Киеве.", "Кие", "Киеве"),
        ("او می\u200cخواهد برود.", "خواهد", "می\u200cخواهد"),
        ("So it came ☀\ufe0f today.", "☀", "☀\ufe0f"),
        ("He flew to the U.S. on Monday.", "the U.S.", "the U.S."),
        ("It was 5 p.m.", "5 p.m.", "5 p.m."),
        ("They met in May.", "May.", "May"),
        ("She said “never again” twice.", "“never again”", "“never again”"),
        ("She said “never again” twice.", "“never", "never"),
        ("She said “never again” twice.", "again”", "again"),
        ("“We want peace,” the minister added.", "peace,” the minister added", "peace"),
        ("“We want peace,” the minister added.", "minister", "minister"),
        (
            "He said “we want peace” and left.",
            "said “we want peace” and",
            "said “we want peace” and",
        ),
        ('Asked, "Who?" he left.', '"Who?"', '"Who?"'),
        ("It (the bank) closed.", "(the bank)", "(the bank)"),
        ("It (the bank) closed.", "bank)", "bank"),
        ("The workers’ union agreed.", "workers’", "workers"),
        ("Vor „Ost und West“ stand er.", "„Ost und West“", "„Ost und West“"),
        ("So it was …", " …", None),
        ("So it was.", ".", None),
    ],
)
def test_what_belongs_to_the_words_stays_and_nothing_else(
    text: str, pointed_at: str, words: str | None
) -> None:
    assert marked(text, pointed_at) == words


@pytest.mark.parametrize(
    ("score", "words"), [(0.5, "Belarus"), (0.49, None), (-1, None), (math.nan, None)]
)
def test_an_unsure_reader_marks_nothing(score: float, words: str | None) -> None:
    assert marked("He will move to Belarus.", "Belarus", score=score) == words


def test_a_reader_that_points_at_nothing_or_elsewhere_marks_nothing() -> None:
    text, quote = "One came. Two came. Three came.", Span(start=10, end=19)
    for pointed_at in (None, Span(start=0, end=3), Span(start=5, end=13), Span(start=14, end=25)):
        found = answering_words(text, quote=quote, pointed_at=pointed_at, score=1, least=0)
        assert found is None


@given(any_texts, st.data())
def test_marked_words_stand_inside_the_quote_and_are_not_blank(
    text: str, data: st.DataObject
) -> None:
    places = st.integers(-2, len(text) + 2)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    pointed_at = Span(start=data.draw(places), end=data.draw(places))
    quote = Quote(article=make_article(text), start=start, end=end, score=1)
    found = answering_words(text, quote=quote.span, pointed_at=pointed_at, score=1, least=0)
    if found is not None:
        assert start <= found.start < found.end <= end
        assert found.of(text) in quote.text
        assert found.of(text).strip() == found.of(text) != ""
