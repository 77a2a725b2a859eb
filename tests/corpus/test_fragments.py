"""Fragments of markup, as feeds, records and books hold them."""

import pytest

from retriever.corpus.article.composing import About, Paragraph, compose
from retriever.corpus.formats.markup.fragments import paragraphs_of, paragraphs_of_markup
from retriever.corpus.formats.xml.tree import parse_xml
from retriever.errors import UnreadableError


def shown(markup: str) -> str:
    """Return the text that a fragment shows, empty where it shows none."""
    paragraphs = [*paragraphs_of_markup(markup)]
    return compose(paragraphs, About(), path="a").text if paragraphs else ""


def test_all_that_is_seen_is_read() -> None:
    markup = (
        "<h2>A heading</h2><p>One <b>line</b>.<script>x()</script></p><ul><li>Two<li>Three</ul>"
    )
    assert shown(markup) == "A heading\n\nOne line.\n\nTwo\nThree"
    assert shown("<table><tr><td>Ayes<td>12<tr><td>Noes<td>3</table>") == "Ayes 12\nNoes 3"
    assert shown("no markup at all") == "no markup at all"
    assert shown("") == shown("<!-- -->") == shown(" ") == ""


def test_what_is_not_shown_inside_a_sentence_does_not_part_it() -> None:
    for hidden in (
        "<script>x()</script>",
        "<meta itemprop=a>",
        "<svg><text>x</text></svg>",
        "<span style='display:none'>x</span>",
        "<span aria-hidden=true>x</span>",
    ):
        assert shown(f"<p>One {hidden}and two.</p>") == "One and two."
    assert shown("<p><ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp></ruby>京</p>") == "東京"


def test_items_of_one_list_stand_line_below_line() -> None:
    nested = "<ul><li>One<ol><li>Two</ol><li>Three</ul><p>Four</p><ul><li>Five</ul>"
    assert shown(nested) == "One\nTwo\nThree\n\nFour\n\nFive"
    assert shown("<ul><li>One</ul><ul><li>Two</ul>") == "One\n\nTwo"
    assert shown("<ul><li><p>One</p><li><p>Two</p></ul>") == "One\n\nTwo"
    assert shown("<dl><dt>Ayes<dd>12<dt>Noes<dd>3</dl>") == "Ayes\n12\nNoes\n3"


def test_program_text_keeps_its_lines_and_blanks() -> None:
    (paragraph,) = paragraphs_of_markup("<pre><code>if x:\n    y  = 1\n</code></pre>")
    assert paragraph == Paragraph(text="if x:\n    y  = 1\n", verbatim=True)


def test_lines_of_the_page_around_are_left_out() -> None:
    caption = "The harbour on Monday, after the storm."
    markup = f"<p>{caption}</p><p>{caption}</p><p>Ships wait.</p><p>ADVERTISEMENT</p><p>Two.</p>"
    assert shown(markup) == f"{caption}\n\nShips wait.\n\nTwo."
    assert shown("<h2>Search</h2><p>It went on.</p>") == "Search\n\nIt went on."
    assert shown("<pre>close\n</pre><p>It went on.</p>") == "close\n\nIt went on."


def test_who_said_what_is_quoted_stays_with_it() -> None:
    quote = "<blockquote><p>It was loud.</p><footer>Jane Roe, harbour master</footer></blockquote>"
    assert shown(quote) == "It was loud.\n\nJane Roe, harbour master"


def test_names_that_agencies_mark_do_not_part_a_sentence() -> None:
    nitf = (
        b"<body.content><hl2>Storm</hl2><p>Mayor <person><name.given>Jane</name.given> Roe</person>"
        b" of <location><city>Bay</city>, <country>Land</country></location> says <money>3 million"
        b"</money> are lost.</p></body.content>"
    )
    heading, sentence = paragraphs_of(parse_xml(nitf))
    assert (heading.text, heading.heading) == ("Storm", True)
    assert sentence.text == "Mayor Jane Roe of Bay, Land says 3 million are lost."


def test_old_markup_that_never_closes_its_fonts_is_read() -> None:
    assert shown("<font>" * 400 + "<p>One.</p>") == "One."


def test_markup_nested_without_end_is_refused() -> None:
    with pytest.raises(UnreadableError, match="more than 256 deep"):
        [*paragraphs_of_markup("<div>" * 10_000)]
