"""The empty page: what there is, some of it, and questions that it answers."""

import re
from dataclasses import replace
from typing import Any

from retriever import Published
from webui import render
from webui.chat.welcome import front_of
from webui.corpus.catalogue import catalogue_of


def shown(library: Any, *examples: str) -> str:
    """Return the empty page over a library, as one line of text and tags."""
    front = front_of(library.coverage, catalogue_of(library), examples)
    return " ".join(render.welcome(front).split())


def told(html: str) -> str:
    """Return the text of the line that says what there is."""
    line = html[html.index('<p class="coverage">') :]
    return re.sub("<[^>]*>", "", line[: line.index("<button")]).strip()


def test_it_says_what_it_waits_for() -> None:
    html = render.welcome(None)
    assert "Reading the articles for examples…" in html
    assert "<h3" not in html


def test_questions_and_articles_are_offered(library: Any) -> None:
    """By their own words, escaped; the dated first."""
    html = shown(library, "What is “x”?", '<b>"')
    assert html.count('class="example"') == 2
    assert 'data-question="&lt;b&gt;&#34;">&lt;b&gt;&#34;</button>' in html
    titled, untitled = html.index(">A Headline</button>"), html.index("Untitled, beginning “Noth")
    assert titled < untitled
    assert ">The articles</h3>" in html
    assert "Questions they answer" not in shown(library)


def test_a_line_says_what_the_corpus_is(library: Any, make_article: Any, make_library: Any) -> None:
    assert told(shown(library)) == (
        "2 articles from The Paper, dated 25 June 2023, 1 undated. 1 file could not be read."
    )
    names = ["<A>", "B", "C", "D"]
    articles = [make_article(name, id=name, path=name, publisher=name) for name in names]
    assert told(shown(make_library(*articles[:2]))) == ("2 articles from &lt;A&gt; and B, undated.")
    assert told(shown(make_library(*articles[:3]))) == (
        "3 articles from &lt;A&gt;, B and C, undated."
    )
    assert told(shown(make_library(*articles))) == "4 articles from 4 publishers, undated."
    assert ">Some of them</h3>" in shown(make_library(*articles))


def test_of_many_articles_the_newest_are_named(make_article: Any, make_library: Any) -> None:
    """Three of them, each with its date."""
    undated = make_article("x", id="x", title="Title x")
    dated = [
        replace(
            undated,
            id=str(year),
            title=f"Title {year}",
            published=Published(value=str(year), precision="year", source="meta"),
        )
        for year in (2021, 2024, 2022, 2023)
    ]
    html = shown(make_library(undated, *dated))
    assert re.findall(r">Title (\w+)</button>", html) == ["2024", "2023", "2022"]
    assert ">The newest of them</h3>" in html
    assert '<span class="quiet">2024</span>' in html


def test_an_empty_corpus_offers_nothing(make_library: Any) -> None:
    html = shown(make_library())
    assert "0 articles, undated." in html
    assert "<h3" not in html
