"""What a card shows, and that a quote which no longer stands is not shown."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from retriever import Answer, Article, Disagreement, Outcome, Quote, Span
from tests.webui.corpora import Altered
from webui import render
from webui.chat.cards import byline_of, cards_of, name_of, place_key, place_of, safe_link, stands

Make = Callable[..., Any]


def answer_with(library: Any, *quotes: Quote, **more: Any) -> Answer:
    """Return an answer that holds these quotes."""
    return Answer(
        question="q",
        search_text="q",
        outcome=Outcome.ANSWERED,
        confidence=1,
        coverage=library.coverage,
        quotes=quotes,
        **more,
    )


def test_a_card_carries_the_words_and_where_they_stand(library: Any, noted: Article) -> None:
    """A card carries the words and where they stand."""
    start = noted.text.index("“China")
    end = noted.text.index("\nA second")
    speaker = Span(start=noted.text.index("he said"), end=noted.text.index("he said") + 2)
    quote = Quote(
        article=noted, start=start, end=end, score=1, speaker=speaker, also_in=("b.txt", "gone")
    )
    (card,) = cards_of(answer_with(library, quote), library).quotes
    assert card.words == "“China supports Russia,” he said.[1]"
    assert card.speaker == "he"
    assert card.byline.date == "25 June 2023"
    assert card.byline.date_from == "sidecar"
    assert [(note.label, note.text) for note in card.notes] == [("1", "A Source & Co, 2023")]
    assert [(other.name, other.key) for other in card.also_in] == [
        ("Untitled, beginning “Nothing is known of this text. It says little.”", "b.txt:0-0")
    ]
    assert card.key == f"article.txt:{start}-{end}"


def test_an_ibid_shows_the_source_behind_it(library: Any, noted: Article) -> None:
    """An ibid shows the source behind it."""
    start = noted.text.index("A second")
    quote = Quote(article=noted, start=start, end=start + 32, score=1)
    (card,) = cards_of(answer_with(library, quote), library).quotes
    assert [note.text for note in card.notes] == ["A Source & Co, 2023"]


def test_a_quote_that_changed_in_the_store_is_withheld_and_counted(
    make_article: Make, library: Any
) -> None:
    """A quote that changed in the store is withheld and counted."""
    asked = make_article("Once it said this.")
    stored = Altered(library, make_article("Once it said that."))
    changed = Quote(article=asked, start=0, end=18, score=1)
    same = Quote(article=asked, start=0, end=12, score=1)
    gone = Quote(article=make_article("Elsewhere.", id="gone"), start=0, end=10, score=1)
    beyond = Quote(article=make_article("Once it said that. And more."), start=19, end=28, score=1)
    answer = answer_with(stored, changed, same, gone, closest=(beyond,), withheld=2)
    cards = cards_of(answer, stored)
    assert [card.words for card in cards.quotes] == ["Once it said"]
    assert cards.quotes[0].number == 2
    assert cards.closest == ()
    assert cards.withheld == 5


def test_a_quote_whose_speaker_changed_is_withheld(make_article: Make, library: Any) -> None:
    """A quote whose speaker changed is withheld."""
    asked = make_article("Ann said: yes.")
    stored = Altered(library, make_article("Bob said: yes."))
    quote = Quote(article=asked, start=3, end=14, score=1, speaker=Span(start=0, end=3))
    assert not stands(quote, stored)
    assert stands(replace(quote, speaker=None), stored)


@pytest.mark.parametrize(
    "article_id", ["a", "a:1-2", "a b/ü.txt", "\0\r\n<\"'>", "\ud800", "%41", ""]
)
def test_a_place_comes_back_from_its_key(article_id: str) -> None:
    """Whatever an article is called, also with what a page cannot hold."""
    key = place_key(article_id, 3, 14)
    assert key.isascii()
    assert key.isprintable()
    assert place_of(key) == (article_id, 3, 14)


def test_an_empty_quote_does_not_stand(library: Any, noted: Article) -> None:
    """An empty quote does not stand."""
    assert not stands(Quote(article=noted, start=3, end=3, score=1), library)


def test_disagreeing_quotes_name_each_other(library: Any, noted: Article) -> None:
    """Disagreeing quotes name each other."""
    quotes = [Quote(article=noted, start=place, end=place + 1, score=1) for place in range(3)]
    pairs = (
        Disagreement(reason="numbers", quotes=(0, 1)),
        Disagreement(reason="numbers", quotes=(0, 2)),
    )
    cards = cards_of(answer_with(library, *quotes, disagreements=pairs), library).quotes
    assert [card.differs_from for card in cards] == [(2, 3), (1,), (1,)]


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/a",
        "https://",
        "http:javascript:alert(1)",
        "https://[::1/a",
        "example.org",
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    """Only web addresses become links."""
    assert safe_link(url) is None


def test_a_link_leads_to_the_sentence() -> None:
    """A link leads to the sentence."""
    url = "https://example.org/a?b=1"
    assert safe_link(url) == url
    assert safe_link(url, quoted="One-two, three & four.") == (
        f"{url}#:~:text=One%2Dtwo%2C%20three%20%26%20four."
    )
    assert safe_link(f"{url}#part", quoted="One.") == f"{url}#part:~:text=One."
    words = " ".join(f"w{place}" for place in range(20))
    assert safe_link(url, quoted=words) == (
        f"{url}#:~:text=w0%20w1%20w2%20w3%20w4,w15%20w16%20w17%20w18%20w19"
    )


def test_an_article_without_metadata_says_so(make_article: Make) -> None:
    """An article without metadata says so."""
    byline = byline_of(make_article("Text.", url="javascript:alert(1)"))
    assert (byline.title, byline.date, byline.link, byline.path) == (
        None,
        "undated",
        None,
        "article.txt",
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Short.", "Untitled, beginning “Short.”"),
        ("\n\n Two  words\n", "Untitled, beginning “Two words”"),
        ("word " * 40, "Untitled, beginning “" + "word " * 10 + "word…”"),
        ("字" * 80, "Untitled, beginning “" + "字" * 60 + "…”"),
        ("", "Untitled, beginning “”"),
    ],
)
def test_an_article_without_a_title_is_known_by_its_first_words(
    make_article: Make, text: str, name: str
) -> None:
    """Said to be none, so that nobody cites them as a title; references keep to the file."""
    assert name_of(make_article(text)) == name
    assert name_of(make_article(text, title="A Title")) == "A Title"


def test_a_quote_from_a_paged_source_tells_its_page(make_article: Make, library: Any) -> None:
    article = make_article(
        "One page. Another.", pages=(Span(start=0, end=10), Span(start=10, end=18))
    )
    quote = Quote(article=article, start=10, end=18, score=1)
    answer = answer_with(library, quote)
    cards = cards_of(answer, Altered(library, article))
    assert cards.quotes[0].page == 2
    assert '<span class="page">page 2</span>' in render.answer_given(answer, cards, ())


def test_a_card_tells_what_of_its_source_was_not_believed(make_article: Make, library: Any) -> None:
    """As --json does; escaped like everything else."""
    article = make_article("One.", warnings=("the date <2099> lies in the future",))
    quote = Quote(article=article, start=0, end=4, score=1)
    answer = answer_with(library, quote)
    html = render.answer_given(answer, cards_of(answer, Altered(library, article)), ())
    assert "Remark on the source: <bdi>the date &lt;2099&gt; lies in the future</bdi>" in html
