"""The empty page: what there is, some of it, and questions that it answers."""

import re
from dataclasses import replace
from typing import Any

from tests.webui.corpora import records
from webui import render
from webui.chat.welcome import make_welcome


def shown(library: Any, *examples: str) -> str:
    """Return the empty page over a library, as one line of text and tags."""
    front = make_welcome(library.coverage, library.catalogue(), examples)
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


def test_what_the_articles_are_is_told_before_the_examples_are_there(library: Any) -> None:
    """What comes then comes below it."""
    front = make_welcome(library.coverage, library.catalogue(), None)
    early = " ".join(render.welcome(front).split())
    assert told(early) == told(shown(library))
    assert "Reading the articles for examples…" in early
    assert "<h3" not in early


def published_by(*names: str) -> dict[str, str]:
    """Return the file of a corpus with an article of each publisher."""
    return records(*({"id": name, "text": f"Of {name}.", "publisher": name} for name in names))


def test_a_line_says_what_the_corpus_is(library: Any, make_library: Any) -> None:
    assert told(shown(library)) == (
        "2 articles from The Paper, dated 25 June 2023, 1 undated. 1 file could not be read."
    )
    two = make_library(published_by("<A>", "B"))
    assert told(shown(two)) == "2 articles from &lt;A&gt; and B, undated."
    three = make_library(published_by("<A>", "B", "C"))
    assert told(shown(three)) == "3 articles from &lt;A&gt;, B and C, undated."
    four = make_library(published_by("<A>", "B", "C", "D"))
    assert told(shown(four)) == "4 articles from 4 publishers, undated."
    assert ">Some of them</h3>" in shown(four)


def test_of_many_articles_the_newest_are_named(make_library: Any) -> None:
    """Three of them, each with its date."""
    undated = {"id": "x", "title": "Title x", "text": "Of no year."}
    dated = [
        {"id": year, "title": f"Title {year}", "text": f"Of {year}.", "published": year}
        for year in ("2021", "2024", "2022", "2023")
    ]
    html = shown(make_library(records(undated, *dated)))
    assert re.findall(r">Title (\w+)</button>", html) == ["2024", "2023", "2022"]
    assert ">The newest of them</h3>" in html
    assert '<span class="quiet">2024</span>' in html


def test_an_empty_corpus_offers_nothing(library: Any) -> None:
    """No index can be built of one; what is told of it is decided here all the same."""
    nothing = replace(library.coverage, articles=0, earliest=None, latest=None, failed=())
    front = make_welcome(nothing, library.catalogue(), ())
    front = replace(front, articles=(), publishers=())
    html = render.welcome(front)
    assert "0 articles, undated." in html
    assert "<h3" not in html
