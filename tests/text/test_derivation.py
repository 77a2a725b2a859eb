"""Words that English makes of others."""

import pytest

from retriever.text.derivation import bases_of


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("deadlier", "deadly"),
        ("deadliest", "deadly"),
        ("wetter", "wet"),
        ("defector", "defect"),
        ("legislators", "legislate"),
        ("retried", "tried"),
        ("retried", "retry"),
        ("mutineer", "mutiny"),
        ("evacuees", "evacue"),
        ("unharmed", "harmed"),
        ("unharmed", "harm"),
        ("layoffs", "layoff"),
        ("taker", "take"),
    ],
)
def test_a_word_is_traced_to_what_it_is_made_of(word: str, base: str) -> None:
    assert base in set(bases_of(word))


@pytest.mark.parametrize("word", ["", "a", "red", "supportors", "goverment"])
def test_no_base_is_too_short_or_badly_put_together(word: str) -> None:
    assert all(len(base) >= 3 for base in bases_of(word))
    assert "support" not in set(bases_of(word))
