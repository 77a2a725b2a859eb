"""Cleaning: what goes, what stays, and that it never rewords."""

import pytest
from hypothesis import given

from retriever.corpus.cleaning import clean
from tests.strategies import any_texts, line_texts

PARAGRAPH = "The harbour was closed on Monday after the worst storm that anyone remembers."


@given(line_texts | any_texts)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\r" not in once
    assert once == once.strip()
    assert "\n\n\n" not in once


@given(line_texts)
def test_no_sentence_is_lost(text: str) -> None:
    """What the text says at all, it still says: only furniture may be gone altogether."""
    kept = clean(text)
    for sentence in ("Mr. Smith spoke to J.D. Gibbs.", "It ended in time.[1]", "[2] Ibid, p. 4"):
        assert (sentence in text) == (sentence in kept)


def test_line_breaks_control_characters_and_blanks() -> None:
    assert clean("\ufeffOne.  \r\n\r\n\r\n\r\nTwo.\x00\x07\rThree.\tEnd.\n\n") == (
        "One.\n\nTwo.\nThree.\tEnd."
    )


def test_furniture_goes_when_it_fills_a_line() -> None:
    furniture = [
        "Accessibility links",
        "Skip to main content",
        "BREAKING NEWS",
        "Advertisement",
        "Share this article",
        "Sign up for our daily newsletter",
        "Sign up for The Example's Science newsletter. News of stars, seas and storms every day",
        "We use cookies to improve your experience.",
        "Follow us on Twitter and Facebook",
        "Facebook | Twitter | Email",
        "© 2023 The Example. All rights reserved.",
        "5 min read",
    ]
    said = [f"{PARAGRAPH} {number}" for number in range(len(furniture))]
    lines = [line for pair in zip(furniture, said, strict=True) for line in pair]
    assert clean("\n\n".join(lines)).split("\n\n") == said


def test_the_same_words_in_a_sentence_stay() -> None:
    text = "Advertisement is a long word.\nBreaking news came at noon.\nThey share this article."
    assert clean(text) == text


def test_repeated_caption_is_kept_once_and_short_repeats_stay() -> None:
    assert clean(f"{PARAGRAPH}\n\n{PARAGRAPH}\nNo.\nNo.") == f"{PARAGRAPH}\n\nNo.\nNo."


def test_teaser_is_left_to_the_body() -> None:
    body = f"{PARAGRAPH} Ships wait outside."
    text = f"Storm closes the harbour\n\n{PARAGRAPH[:60]} ...\n\nThe end is near.\n\n{body}"
    assert clean(text) == f"Storm closes the harbour\n\nThe end is near.\n\n{body}"


@pytest.mark.parametrize("again", [PARAGRAPH, f"“{PARAGRAPH}”", f"‘{PARAGRAPH[:-1]}’"])
@pytest.mark.parametrize(
    "body", [PARAGRAPH, f"{PARAGRAPH} Ships wait.", f"“{PARAGRAPH}” said Holm."]
)
def test_what_is_printed_twice_is_kept_once(again: str, body: str) -> None:
    lead = "A lead that is said once only and never again."
    other = "Nobody was hurt, the harbour master said."
    kept = f"{lead}\n\n{body}\n\n{other}"
    assert clean(f"{kept}\n\n{again}") == kept
    if len(body) > len(PARAGRAPH):
        assert clean(f"{lead}\n\n{again}\n\n{other}\n\n{body}") == f"{lead}\n\n{other}\n\n{body}"


def test_what_only_begins_alike_is_kept() -> None:
    lead = "A lead that is said once only and never again."
    text = f"{lead}\n\n{PARAGRAPH} 1\n\n{PARAGRAPH} 10\n\n{PARAGRAPH} 101\n\nYes.\n\nWell.\n\nYes."
    assert clean(text) == text


def test_hard_wrapped_paragraphs_are_joined() -> None:
    wrapped = (
        "The harbour was closed on Monday after the worst storm in years, and\n"
        "President Smith said that it would not be opened before the end of\n"
        "Friday."
    )
    other = wrapped.replace("Monday", "Sunday")
    joined = [text.replace("\n", " ") for text in (wrapped, other)]
    assert clean(f"{wrapped}\n\n{other}") == "\n\n".join(joined)


def test_lines_of_their_own_are_not_joined() -> None:
    text = "A first line of some length that stands alone.\nA second one, shorter.\nA third."
    assert clean(text) == text
