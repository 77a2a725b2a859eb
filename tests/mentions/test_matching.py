"""A pattern finds in plain text what the words themselves tell."""

from hypothesis import given, settings
from hypothesis import strategies as st

from retriever.mentions.expression import SoughtPhrase, places_sought
from retriever.mentions.matching import SearchedText, matches
from retriever.mentions.parsing import parse_expression
from retriever.records import Span
from retriever.text.word_forms import NOT_PLAIN, index_forms, is_plain, word_forms
from tests.strategies import NEWS, TRAPS

PARTS = (
    *TRAPS,
    *NEWS,
    *"Xi xi XI Éx ex e\u0301x xi's xi’s Xi'an xi_xi 3.5xi xi3 ſo so Ⅻ".split(),
    *"ﬁ fi ² xi² ǆ Σς σσ ßs".split(),
    *" '’-._,;“”\n…0123456789",
)
texts = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=25).map("".join)
ASKED = ("xi", "ex", "so", "fi", "xi*", "e*", "xi xi", "xi ex", "=Xi", "=xi", "σσ", "no no", "the")


@given(text=texts, asked=st.lists(st.sampled_from(ASKED), min_size=1, max_size=3))
@settings(max_examples=300)
def test_a_pattern_finds_what_the_words_tell(text: str, asked: list[str]) -> None:
    sought = [parse_expression(one) for one in asked]
    phrases = [one for one in sought if isinstance(one, SoughtPhrase)]
    quick, exact = SearchedText(text), SearchedText(text, plain=False)
    assert matches(phrases, quick) == matches(phrases, exact)


@given(text=texts)
def test_the_index_counts_each_word_of_a_text(text: str) -> None:
    counted = [*index_forms("", text)]
    assert (NOT_PLAIN in counted) == (not is_plain(text))
    for word in word_forms(text):
        assert counted.count(word.form) == sum(one.form == word.form for one in word_forms(text))
        assert 0 <= word.start < word.end <= len(text)


def test_most_news_is_plain() -> None:
    assert is_plain("“We’ll stay,” said the mayor of Orléans — for £3.5 billion… 👋")
    assert not any(map(is_plain, ["½ a mile", "3.5km", "e\u0301t", "東京", "ﬁn", "km²", "a\xadb"]))


def found(expression: str, text: str) -> list[str]:
    """Return the words of each match in a text of one sentence."""
    whole = Span(start=0, end=len(text))
    return [
        " … ".join(span.of(text) for span in match)
        for match in matches(
            places_sought(parse_expression(expression)),
            SearchedText(text, sentences=lambda: [whole]),
        )
    ]


def test_near_counts_the_words_between() -> None:
    text = "Xi spoke and then Putin left; Putin called Xi Jinping."
    assert found("Xi NEAR/2 Putin", text) == ["Putin … Xi"]
    assert found("Xi NEAR/3 Putin", text) == ["Xi … Putin", "Putin … Xi"]
    assert found("Xi NEAR Jinping", text) == ["Xi … Jinping"]
    assert found("(Xi OR left) NEAR/0 Putin", text) == ["Putin … left"]


def test_words_of_scripts_without_blanks_are_found_inside_others() -> None:
    assert found("京大", "北京大学と東京。京。大") == ["京大"]
    assert found("apple", "新Apple社") == ["Apple"]
    assert found("Orban NEAR/2 東京", "Orban 北京'東京で") == ["Orban … 東京"]
    assert [word.form for word in word_forms("北京'東京’s Ā")] == ["北", "京", "東", "京", "s", "a"]
