"""Exact HTML of every message, and that what articles and readers write stays text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from markupsafe import Markup

from retriever import Answer, Article, Filters, Listed, Listing, Outcome, Quote, Span
from retriever.records import ListingKind
from tests.attacks import ATTACKS
from tests.webui.corpora import UNANSWERED, with_articles
from webui import render
from webui.chat.assumptions import make_chips
from webui.chat.cards import make_cards
from webui.chat.listing import make_list
from webui.chat.question import Asked
from webui.holdings import age_in_words

Make = Callable[..., Any]


def given(answer: Answer, library: Any, **asked: Any) -> str:
    """Return an answer as it is shown."""
    chips = make_chips(answer, Asked(question=answer.question, **asked))
    return render.answer_given(
        answer, make_cards(answer, library), chips, make_list(answer, library)
    )


def plain(html: str) -> str:
    """Return the text of HTML that holds no element inside it."""
    assert "<" not in html
    return unescape(html)


@pytest.mark.parametrize(
    ("value", "html"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("\"double\" and 'single'", "&#34;double&#34; and &#39;single&#39;"),
        ("שלום abc \u202ex", "שלום abc \u202ex"),
        ("e\u0301 İ", "e\u0301 İ"),
        ("a\r\nb", "a&#13;\nb"),
        ("a\0b\ud800", "a\ufffdb\ufffd"),
        (Markup("<b>kept</b>"), "<b>kept</b>"),
        (7, "7"),
    ],
)
def test_text_is_escaped_once_and_otherwise_left_alone(value: object, html: str) -> None:
    """Text is escaped once and otherwise left alone."""
    assert render.text(value) == html


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_a_question_is_shown_as_it_was_written(attack: str) -> None:
    """A question is shown as it was written."""
    before, after = (
        '<div class="message user" data-testid="user" tabindex="-1">'
        '<span class="hidden-label">You asked: </span><h2 class="asked" dir="auto">',
        "</h2></div>",
    )
    html = render.question_asked(attack)
    if len(attack) > 400:  # folded, and whole inside
        whole = str(html).partition('<p class="whole" dir="auto">')[2].partition("</p>")[0]
        assert plain(whole) == attack.replace("\0", "\ufffd")
        return
    assert html.startswith(before)
    assert html.endswith(after)
    inside = str(html).removeprefix(before).removesuffix(after)
    assert plain(inside) == attack.replace("\0", "\ufffd")


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_field_of_an_answer_becomes_markup(
    attack: str, make_article: Make, library: Any
) -> None:
    """No field of an answer becomes markup."""
    article = make_article(
        f"{attack} said so.", id=attack, path=attack, title=attack, author=attack,
        publisher=attack, url=attack,
    )  # fmt: skip
    stored = with_articles(library, article, make_article("x", id="other", title=attack))
    quote = Quote(
        article=article,
        start=0,
        end=len(article.text),
        score=1,
        speaker=Span(start=0, end=len(attack)),
        also_in=("other",),
        answering=Span(start=0, end=len(attack)),
    )
    answer = Answer(
        question="q",
        search_text=attack,
        outcome=Outcome.ANSWERED,
        confidence=1,
        coverage=library.coverage,
        quotes=(quote,),
        closest=(quote,),
        carried=(attack,),
        respelt={attack: attack},
        unknown=(attack,),
        **_named(attack),
    )
    # As long: what is long is folded, or lifted out of no quote.
    harmless = "Plain words " * (len(attack) // 12 + 1)
    html = given(answer, stored)
    same = given(*_with(answer, harmless, make_article, library))
    # The same elements in the same order, whatever the words are.
    assert html.count("<") == same.count("<")
    assert html.count('"') == same.count('"')
    assert 'href="' not in html


def _named(words: str) -> dict[str, Any]:
    """Return what an answer says of the sources and the names in a question's articles."""
    entry = Listed(name=words, articles=2, article="other")
    listing = Listing(
        kind=ListingKind.AUTHORS, entries=(entry,), total=3, articles=4, read=4, latest=False
    )
    return {
        "filters": Filters(publisher=words),
        "read_filters": ("publisher",),
        "widened": Filters(author=words),
        "listing": listing,
    }


def _with(answer: Answer, words: str, make_article: Make, library: Any) -> Any:
    article = make_article(
        f"{words} said so.", id=words, path=words, title=words, author=words, publisher=words,
        url=words,
    )  # fmt: skip
    stored = with_articles(library, article, make_article("x", id="other", title=words))
    quote = replace(
        answer.quotes[0],
        article=article,
        end=len(article.text),
        speaker=Span(start=0, end=len(words)),
        answering=Span(start=0, end=len(words)),
    )
    changed = replace(
        answer,
        search_text=words,
        quotes=(quote,),
        closest=(quote,),
        carried=(words,),
        respelt={words: words},
        unknown=(words,),
        **_named(words),
    )
    return changed, stored


def test_the_exact_html_of_an_answer(library: Any, noted: Article) -> None:
    """The exact html of an answer."""
    start = noted.text.index("“China")
    quote = Quote(article=noted, start=start, end=start + 36, score=1)
    answer = Answer(
        question="q",
        search_text="q",
        outcome=Outcome.ANSWERED,
        confidence=1,
        coverage=replace(library.coverage, failed=(), built="2026-11-22T05:14:00+00:00"),
        quotes=(quote,),
    )
    html = given(answer, library)
    html = html[: html.index('<div class="actions"')] + html[html.index('<div class="coverage"') :]
    lines = [line.strip() for line in html.splitlines() if line.strip()]
    assert lines == [
        '<div class="message bot" data-testid="bot">',
        '<p class="lead">1 quote from 1 article, word for word.</p>',
        '<article class="card quote first brief" tabindex="0" aria-label="““China supports '
        'Russia,” he said.[1]” A Headline, The Paper, 25 June 2023" aria-description="Quote 1 of '
        '1. Press Enter to read it in its article." data-article="article.txt" '
        f'data-start="{start}" '
        f'data-end="{start + 36}" data-key="article.txt:{start}-{start + 36}">',
        '<blockquote dir="auto"><span class="words">“China supports Russia,” he said.[1]</span>'
        "</blockquote>",
        '<div class="source-line">',
        '<p class="headline" dir="auto"><cite title="A Headline">A Headline</cite></p>',
        '<p class="publication"><span class="publisher"><bdi>The Paper</bdi></span>',
        '<span class="date" title="Date read from: sidecar">25 June 2023</span>',
        "</p>",
        "</div>",
        '<details class="notes"><summary>The article names 1 source for this</summary>',
        "<dl>",
        '<div><dt><bdi>1</bdi></dt><dd dir="auto">A Source &amp; Co, 2023</dd></div>',
        "</dl>",
        "</details>",
        '<div class="foot">',
        '<p class="details"><span class="author">by <bdi>A. Writer</bdi></span>',
        '<a class="origin" href="https://example.org/a?b=1&amp;c=2#:~:text=%E2%80%9CChina%20'
        'supports%20Russia%2C%E2%80%9D%20he%20said.%5B1%5D" data-address="https://example.org/'
        'a?b=1&amp;c=2" target="_blank" '
        'rel="noopener noreferrer">original article<span class="hidden-label">, at these words, '
        "in a new tab</span></a></p>",
        '<div class="coverage">',
        "<p>2 articles searched · dated 25 June 2023, 1 undated · index built "
        f"{age_in_words(answer.coverage.built, now=datetime.now(UTC))}"
        "22 November 2026, 05:14 UTC</p>",
        "</div>",
        "</div>",
    ]


def test_a_refusal_says_so_before_anything_else(library: Any) -> None:
    """A refusal says so before anything else."""
    answer = library.ask(UNANSWERED)
    html = given(answer, library)
    refusal, unknown, closest = (
        html.index("No answer to this question was found in the articles."),
        html.index("Words that occur in none of them:"),
        html.index("Closest passages, not an answer</h3>"),
    )
    assert refusal < unknown < closest < html.index("<article")
    assert '<bdi class="word">zebras</bdi>' in html
    assert "newest" not in html
    assert "1 file could not be read" in html
    german = given(replace(answer, question_language="de"), library)
    assert "The question seems to be in Deutsch, and no article is." in german
    assert "seems to be in" not in html
    phrase = given(replace(answer, unknown=("two words",)), library)
    assert '<bdi class="word phrase">two words</bdi>' in phrase
    assert "data-unread>1 file could not be read</button>" in html
    assert html.count("could not be read") == 1
    assert "c.txt" not in html  # the tab of the articles says which


def test_a_withheld_quote_is_counted_where_it_would_stand(library: Any, noted: Article) -> None:
    """A withheld quote is counted where it would stand."""
    changed = replace(noted, text="B" + noted.text[1:])
    answer = Answer(
        question="q",
        search_text="q",
        outcome=Outcome.ANSWERED,
        confidence=1,
        coverage=library.coverage,
        quotes=(Quote(article=changed, start=0, end=5, score=1),),
    )
    html = given(answer, library)
    assert "1 quote withheld: the stored article does not hold these words there now." in html
    assert "<article" not in html
    assert "word for word" not in html


def test_what_was_searched_is_shown_only_where_it_differs(library: Any) -> None:
    """What was searched is shown only where it differs."""
    same = library.ask(" China supports ")
    assert "Searched for" not in given(same, library)
    other = replace(same, search_text="China supports Taiwan", respelt={"Chyna": "China"})
    html = given(other, library)
    assert "Searched for “<bdi>China supports Taiwan</bdi>”" in html
    assert '<bdi>Chyna</bdi> <span class="kind">as</span> <bdi>China</bdi>' in html


def test_an_empty_question_gets_its_fixed_phrase(library: Any) -> None:
    """An empty question gets its fixed phrase."""
    answer = library.ask("  ")
    html = given(answer, library)
    assert "There is no question yet." in html
    assert "no answer" not in html


def test_an_error_is_one_line_of_text() -> None:
    """An error is one line of text."""
    assert render.failure("No <index>.") == (
        '<div class="message bot failure" data-testid="bot">'
        '<p dir="auto">No &lt;index&gt;.</p></div>'
    )
    assert "No &lt;index&gt;." in render.source_missing("No <index>.")


def test_a_question_of_many_lines_is_folded_and_whole_inside() -> None:
    """Its beginning tells which it was; a short one is as it was."""
    question = "Why <b>is</b> it so? " * 30
    html = str(render.question_asked(question))
    assert "<details" in html
    assert f"{render.text(question[:160])}…</h2></summary>" in html
    assert f">{render.text(question)}</p></details>" in html
    assert "<details" not in render.question_asked(question[:400])
