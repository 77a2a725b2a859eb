"""What a card shows, and that a quote which no longer stands is not shown."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from retriever import Answer, Article, Disagreement, Outcome, Published, Quote, Span
from tests.makers import make_article as make_article_of
from tests.strategies import any_texts
from tests.webui.corpora import with_articles
from webui import render
from webui.chat.cards import make_cards, still_stands

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
    (card,) = make_cards(answer_with(library, quote), library).quotes
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
    (card,) = make_cards(answer_with(library, quote), library).quotes
    assert [note.text for note in card.notes] == ["A Source & Co, 2023"]


def test_a_quote_that_changed_in_the_store_is_withheld_and_counted(
    make_article: Make, library: Any
) -> None:
    """A quote that changed in the store is withheld and counted."""
    asked = make_article("Once it said this.")
    stored = with_articles(library, make_article("Once it said that."))
    changed = Quote(article=asked, start=0, end=18, score=1)
    same = Quote(article=asked, start=0, end=12, score=1)
    gone = Quote(article=make_article("Elsewhere.", id="gone"), start=0, end=10, score=1)
    beyond = Quote(article=make_article("Once it said that. And more."), start=19, end=28, score=1)
    answer = answer_with(stored, changed, same, gone, closest=(beyond,), withheld=2)
    cards = make_cards(answer, stored)
    assert [card.words for card in cards.quotes] == ["Once it said"]
    assert cards.quotes[0].number == 2
    assert cards.closest == ()
    assert cards.withheld == 5


def test_a_quote_whose_speaker_changed_is_withheld(make_article: Make, library: Any) -> None:
    """A quote whose speaker changed is withheld."""
    asked = make_article("Ann said: yes.")
    stored = with_articles(library, make_article("Bob said: yes."))
    quote = Quote(article=asked, start=3, end=14, score=1, speaker=Span(start=0, end=3))
    assert not still_stands(quote, stored)
    assert still_stands(replace(quote, speaker=None), stored)


def test_an_empty_quote_does_not_stand(library: Any, noted: Article) -> None:
    """An empty quote does not stand."""
    assert not still_stands(Quote(article=noted, start=3, end=3, score=1), library)


def test_disagreeing_quotes_name_each_other(library: Any, noted: Article) -> None:
    """Disagreeing quotes name each other."""
    quotes = [Quote(article=noted, start=place, end=place + 1, score=1) for place in range(3)]
    pairs = (
        Disagreement(reason="numbers", quotes=(0, 1)),
        Disagreement(reason="numbers", quotes=(0, 2)),
    )
    answer = answer_with(library, *quotes, disagreements=pairs)
    cards = make_cards(answer, library)
    named = [tuple(contrast.number for contrast in card.contrasts) for card in cards.quotes]
    assert named == [(2, 3), (1,), (1,)]
    assert "<p>Quote 2 does not say the same.</p>" in render.answer_given(answer, cards, ())


def _two_that_differ(make_article: Make, library: Any) -> tuple[Answer, Any]:
    """Return an answer of two articles with another number each, and an index of both."""
    published = Published(value="2021-05-03", precision="day", source="sidecar")
    texts = ("<b>14</b> died & 3 fled.", "About 19 died.")
    articles = (
        make_article(texts[0], id="one.txt", published=published),
        make_article(texts[1], id="two.txt"),
    )
    quotes = [Quote(article=one, start=0, end=len(one.text), score=1) for one in articles]
    quotes[0] = replace(quotes[0], answering=Span(start=3, end=14))
    pair = Disagreement(
        reason="different numbers: 14 / About 19",
        quotes=(0, 1),
        kind="numbers",
        values=(Span(start=3, end=5), Span(start=0, end=8)),
    )
    answer = answer_with(library, *quotes, disagreements=(pair,))
    return answer, with_articles(library, *articles)


def test_what_two_quotes_say_of_the_same_is_marked_and_set_side_by_side(
    make_article: Make, library: Any
) -> None:
    """With the date of each, for the later may replace the earlier."""
    answer, index = _two_that_differ(make_article, library)
    html = str(render.answer_given(answer, make_cards(answer, index), ()))
    assert (
        '&lt;b&gt;<strong class="answering"><mark class="differing">14</mark></strong>'
        '<strong class="answering">&lt;/b&gt; died</strong> &amp; 3 fled.'
    ) in html
    assert "Marked in it: “14&lt;/b&gt; died”. Press" in html
    assert html.index("14&lt;/b&gt; died</button>") < html.index("<article")
    assert '<mark class="differing">About 19</mark> died.' in html
    assert (
        "<p>Quote 2 does not say the same:</p>\n"
        '  <dl><div><dt>here, 3 May 2021</dt><dd dir="auto">“14”</dd></div>'
        '<div><dt>quote 2, undated</dt><dd dir="auto">“About 19”</dd></div></dl>'
    ) in html
    assert "<p>Quote 1 does not say the same:</p>" in html


def test_a_quote_that_no_longer_stands_contradicts_none(make_article: Make, library: Any) -> None:
    answer, _ = _two_that_differ(make_article, library)
    index = with_articles(library, answer.quotes[0].article)
    (card,) = make_cards(answer, index).quotes
    assert card.contrasts == ()


def test_a_quote_from_a_paged_source_tells_its_page(make_article: Make, library: Any) -> None:
    article = make_article(
        "One page. Another.", pages=(Span(start=0, end=10), Span(start=10, end=18))
    )
    quote = Quote(article=article, start=10, end=18, score=1)
    answer = answer_with(library, quote)
    cards = make_cards(answer, with_articles(library, article))
    assert cards.quotes[0].page == 2
    assert '<span class="page">page 2</span>' in render.answer_given(answer, cards, ())


@given(any_texts, st.data())
def test_answering_words_are_marked_and_no_word_changes(
    library: Any, text: str, data: st.DataObject
) -> None:
    """What is inside the mark is what answers, and without its tags the quote is as it was."""
    article = make_article_of(text or "a")
    places = st.integers(0, len(article.text))
    span = Span(start=data.draw(places), end=data.draw(places))
    bare = Quote(article=article, start=0, end=len(article.text), score=1)
    marked = replace(bare, answering=span)
    plain, shown = (_words_shown(quote, library) for quote in (bare, marked))
    said = str(render.text(span.of(article.text))) if marked.answering else ""
    tags = ('<strong class="answering">', "</strong>")
    assert shown.count(tags[0]) == bool(said)
    if said:
        assert tags[0] + said + tags[1] in shown
    assert shown.replace(tags[0], "").replace(tags[1], "") == plain


def _words_shown(quote: Quote, library: Any) -> str:
    """Return the HTML of a quote's words on its card."""
    answer = answer_with(library, quote)
    cards = make_cards(answer, with_articles(library, quote.article))
    html = str(render.answer_given(answer, cards, ()))
    return html.partition('<span class="words">')[2].partition("</span></blockquote>")[0]


def test_a_card_names_its_answering_words_and_their_place(library: Any, noted: Article) -> None:
    """For those who hear the page, and for the pane that opens beside it."""
    start = noted.text.index("“China")
    words = Span(start=start + 1, end=start + 6)
    quote = Quote(article=noted, start=start, end=start + 36, score=1, answering=words)
    answer = answer_with(library, quote)
    html = str(render.answer_given(answer, make_cards(answer, library), ()))
    assert 'aria-description="Quote 1 of 1. Marked in it: “China”. Press Enter to read it' in html
    assert f'data-answering="{words.start}-{words.end}"' in html
    assert '“<strong class="answering">China</strong> supports Russia,”' in html


def test_a_card_tells_what_of_its_source_was_not_believed(make_article: Make, library: Any) -> None:
    """As --json does; escaped like everything else."""
    article = make_article("One.", warnings=("the date <2099> lies in the future",))
    quote = Quote(article=article, start=0, end=4, score=1)
    answer = answer_with(library, quote)
    html = render.answer_given(answer, make_cards(answer, with_articles(library, article)), ())
    assert "Remark on the source: <bdi>the date &lt;2099&gt; lies in the future</bdi>" in html


def test_words_that_answer_are_lifted_with_their_sources_and_stand_or_are_not(
    make_article: Make, library: Any
) -> None:
    """Equal ones in one line, others below; of a quote that changed in the store nothing is."""
    said = (
        ("It cost 11,000 crowns.", "CNN"),
        ("It cost 12,000 crowns.", None),
        ("It cost 11 000 crowns.", "USA TODAY"),
        ("It cost 99,000 crowns.", "Gone"),
        ("It cost 11,000, we hear.", "CNN"),
    )
    articles = [
        make_article(text, id=f"{place}.txt", title=f"<T{place}>", publisher=publisher)
        for place, (text, publisher) in enumerate(said)
    ]
    quotes = [
        Quote(article=one, start=0, end=len(one.text), score=1, answering=Span(start=8, end=14))
        for one in articles
    ]
    answer = answer_with(library, *quotes)
    changed = make_article("It cost nothing at all.", id="3.txt")
    cards = make_cards(answer, with_articles(library, *articles[:3], changed, articles[4]))
    told = [
        (one.words, [(name, card.number) for name, card in one.sources]) for one in cards.lifted
    ]
    assert told == [
        ("11,000", [("CNN", 1), ("USA TODAY", 3), ("CNN (quote 5)", 5)]),
        ("12,000", [("<T1>", 2)]),
    ]
    html = str(render.answer_given(answer, cards, ()))
    assert 'data-show="1.txt:0-22">&lt;T1&gt;</button>' in html
    assert "99,000" not in html


@given(any_texts, st.data())
def test_words_of_the_kind_asked_for_are_marked_and_no_word_changes(
    library: Any, text: str, data: st.DataObject
) -> None:
    article = make_article_of(text or "a")
    places = st.integers(0, len(article.text))
    start, end = sorted((data.draw(places), data.draw(places)))
    bare = Quote(article=article, start=0, end=len(article.text), score=1)
    fitting = (Span(start=start, end=end),) if start < end else ()
    plain, shown = (_words_shown(one, library) for one in (bare, replace(bare, fitting=fitting)))
    tags = ('<b class="fitting">', "</b>")
    assert shown.replace(tags[0], "").replace(tags[1], "") == plain
    if fitting:
        assert f"{tags[0]}{render.text(article.text[start:end])}{tags[1]}" in shown
