"""The source view: nothing lost, nothing reworded, the right words marked."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from retriever import Article, Footnote, Published, Span
from webui import render
from webui.reader.quoted import QuotedPlace, read_quoted
from webui.reader.source_view import SourceBlock, source_view

Make = Callable[..., Article]


class Text(HTMLParser):
    """Collects the text inside the article, and inside its marks, as a browser would."""

    def __init__(self) -> None:
        """Begin outside the article."""
        super().__init__(convert_charrefs=True)
        self.inside = self.marked = self.strong = 0
        self.article = self.mark = self.answering = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count how deep in the article and its marks we are."""
        if self.inside or ("class", "article-text") in attrs:
            self.inside += 1
            self.marked += tag == "mark"
            self.strong += tag == "strong"

    def handle_endtag(self, tag: str) -> None:
        """Count the way out."""
        if self.inside:
            self.inside -= 1
            self.marked -= tag == "mark"
            self.strong -= tag == "strong"

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.article += data if self.inside else ""
        self.mark += data if self.marked else ""
        self.answering += data if self.strong and self.marked else ""


def shown(article: Article, start: int, end: int, answering: Span | None = None) -> Text:
    """Return what a reader of the pane gets."""
    parser = Text()
    parser.feed(render.source(source_view(article, start=start, end=end, answering=answering)))
    parser.close()
    return parser


def words(block: SourceBlock) -> str:
    """Return a block's text."""
    return "".join(piece.text for run in block.runs for piece in run.pieces)


hostile = st.text(
    st.sampled_from("ab<>&\"'\n\n.[1]\u202e\u0301İ\u2028אب{}$`\\\t\N{GRINNING FACE}"), max_size=60
)


@given(hostile, st.data())
def test_the_whole_article_is_shown_and_the_range_marked(text: str, data: st.DataObject) -> None:
    """The whole article is shown and the range marked."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    place = data.draw(st.integers(0, max(0, len(text) - 3)))
    note = Footnote(
        label="1",
        marks=(Span(start=place, end=min(place + 3, len(text))),),
        entry=Span(start=0, end=min(3, len(text))),
        source=Span(start=0, end=min(3, len(text))),
    )
    article = Article(id="a", path="a", text=text, sha256="", footnotes=(note,))
    view = source_view(article, start=start, end=end)
    assert "".join(map(words, view.blocks)) == text
    answering = Span(start=data.draw(st.integers(-1, 62)), end=data.draw(st.integers(-1, 62)))
    parsed = shown(article, start, end, answering)
    assert parsed.article == text
    assert parsed.mark == text[start:end]
    inside = start <= answering.start < answering.end <= end
    # Line breaks between two paragraphs are not marked.
    assert parsed.answering.replace("\n", "") == (
        answering.of(text).replace("\n", "") if inside else ""
    )


@given(hostile, st.data())
def test_every_quote_is_tinted_and_the_opened_one_marked(text: str, data: st.DataObject) -> None:
    """Each character belongs to one quote: the opened one, else the first that holds it."""
    spans = []
    for _ in range(3):
        start = data.draw(st.integers(0, len(text)))
        spans.append(Span(start=start, end=data.draw(st.integers(start, len(text)))))
    opened, *others = spans
    answering = Span(start=others[0].start, end=min(others[0].start + 2, others[0].end))
    places = [
        QuotedPlace(quote=others[0], answering=answering, key="first"),
        QuotedPlace(quote=others[1], key="second"),
    ]
    article = Article(id="a", path="a", text=text, sha256="")
    view = source_view(article, start=opened.start, end=opened.end, others=places)
    assert "".join(map(words, view.blocks)) == text
    owners: list[str | None] = []
    for run in (run for block in view.blocks for run in block.runs):
        owner = "opened" if run.mark else run.other
        owners += [owner] * sum(len(piece.text) for piece in run.pieces)
    named = [("opened", opened), ("first", others[0]), ("second", others[1])]
    assert owners == [
        next((name for name, span in named if span.start <= place < span.end), None)
        for place in range(len(text))
    ]
    answers = "".join(
        piece.text for b in view.blocks for run in b.runs for piece in run.pieces if piece.answers
    )
    held = [place for place in range(answering.start, answering.end) if owners[place] == "first"]
    expected = "".join(text[place] for place in held)
    assert answers.replace("\n", "") == expected.replace("\n", "")


def test_what_a_page_names_as_quotes_is_read_and_the_rest_dropped() -> None:
    """A browser can send anything."""
    named = [{"key": "a:1-5", "quote": "1-5", "answering": "2-3"}, {"quote": "x"}, None, "1-5", {}]
    (place,) = read_quoted(named)
    assert (place.key, place.quote) == ("a:1-5", Span(start=1, end=5))
    assert place.answering_inside == Span(start=2, end=3)
    assert not place.within(4)
    assert read_quoted("1-5") == read_quoted(None) == ()


def test_another_quote_of_the_answer_is_tinted_with_its_answering_words(noted: Article) -> None:
    """It is no mark, and its key says which it is."""
    start, end = noted.text.index("“China"), noted.text.index(" he said.[1]")
    other = noted.text.index("A second line")
    answering = Span(start=other, end=other + 8)
    place = QuotedPlace(quote=Span(start=other, end=other + 20), answering=answering, key="k:1-2")
    html = render.source(source_view(noted, start=start, end=end, others=[place]))
    assert (
        '<span class="quoted" role="mark" data-quote="k:1-2">'
        '<strong class="answering">A second</strong> line names </span>'
    ) in html
    assert shown(noted, start, end).mark == noted.text[start:end]


def test_a_carriage_return_survives_and_what_html_cannot_hold_is_replaced(
    make_article: Make,
) -> None:
    """A carriage return survives and what html cannot hold is replaced."""
    text = "One\r\nTwo \0 and \ud800 end."
    parsed = shown(make_article(text), 0, len(text))
    assert parsed.mark == "One\r\nTwo \ufffd and \ufffd end."


def test_headings_notes_and_entries_are_told_apart(noted: Article) -> None:
    """Headings notes and entries are told apart."""
    blocks = source_view(noted, start=0, end=1).blocks
    assert [words(block) for block in blocks if block.heading] == [
        "A heading\n\n",
    ]
    assert [(block.entry, words(block)) for block in blocks if block.entry is not None] == [
        (0, "[1] A Source & Co, 2023\n"),
        (1, "[2] Ibid"),
    ]
    notes = [p for b in blocks for run in b.runs for p in run.pieces if p.note is not None]
    assert [(piece.text, piece.note) for piece in notes] == [("[1]", 0), ("[2]", 1)]


def test_a_mark_over_a_paragraph_break_has_a_part_in_each(noted: Article) -> None:
    """A mark over a paragraph break has a part in each."""
    start, end = noted.text.index("“China"), noted.text.index(" And ends")
    html = render.source(source_view(noted, start=start, end=end))
    assert html.count("<mark") == 2
    assert 'id="quote-1" tabindex="-1"' in html
    assert 'id="quote-2">' in html
    assert shown(noted, start, end).mark == noted.text[start:end]


def test_a_range_outside_the_text_marks_nothing(make_article: Make) -> None:
    """A range outside the text marks nothing."""
    for start, end in ((5, 99), (-1, 2), (3, 3), (4, 2)):
        parsed = shown(make_article("A short one."), start, end)
        assert (parsed.article, parsed.mark) == ("A short one.", "")


def test_the_exact_html_of_a_hostile_article(make_article: Make) -> None:
    """The exact html of a hostile article."""
    article = make_article(
        "<b>&\"'\n\u202eabc",
        id='"><x>',
        path="<p>",
        title="<script>alert(1)</script>",
        url="javascript:alert(1)",
        language='"x',
    )
    html = render.source(source_view(article, start=3, end=6))
    assert html == (
        '<div class="source" role="region" '
        'aria-label="&lt;script&gt;alert(1)&lt;/script&gt;" data-key="%22%3E%3Cx%3E:3-6">\n'
        '<header class="source-head">\n<div class="steps" role="group" '
        'aria-label="Quotes of this answer" hidden><button type="button" data-step="-1" '
        'aria-label="Previous quote" aria-keyshortcuts="p ArrowLeft">←</button>'
        '<span class="which" aria-live="polite"></span><button type="button" data-step="1" '
        'aria-label="Next quote" aria-keyshortcuts="n ArrowRight">→</button></div>\n'
        '<button type="button" class="back" hidden>Back to the quote</button>\n'
        '<button type="button" class="pin" data-pin="%22%3E%3Cx%3E:3-6" aria-pressed="false" '
        'title="Keep what is marked, or the sentences that you select, in the notebook">'
        "Pin</button>\n"
        '<button type="button" class="close" aria-label="Close the article" '
        'aria-keyshortcuts="Escape">Close <kbd>Esc</kbd></button>\n'
        '<p class="running" aria-hidden="true" hidden><bdi class="name">'
        "&lt;script&gt;alert(1)&lt;/script&gt;</bdi> "
        '<span class="whence">undated</span></p></header>\n'
        '<p class="earlier" hidden>The newest answer quotes no article. '
        "This one was open before.</p>\n"
        '<div class="source-scroll" tabindex="0" role="group" aria-label="Text of the article">\n'
        '<div class="source-page" lang="&#34;x">\n'
        '<h2 class="title" dir="auto">&lt;script&gt;alert(1)&lt;/script&gt;</h2>\n'
        '<p class="publication"><span class="date">undated</span>\n'
        '<span class="path"><bdi>&lt;p&gt;</bdi></span></p>\n<div class="elsewhere"></div>\n'
        '<div class="article-text"><p dir="auto">&lt;b&gt;'
        '<mark id="quote-1" tabindex="-1">&amp;&#34;&#39;</mark>'
        '<span class="gap">\n</span></p><p dir="auto">\u202eabc</p></div>\n'
        "</div>\n</div>\n</div>"
    )


def test_a_title_that_the_text_begins_with_is_not_said_twice(make_article: Make) -> None:
    """A title that the text begins with is not said twice."""
    titled = source_view(make_article("The Title\n\nText.", title="The Title"), start=0, end=1)
    assert titled.titled
    assert "<h2" not in render.source(titled)
    untitled: Any = source_view(make_article("Text."), start=0, end=1)
    assert not untitled.titled
    assert 'aria-label="Untitled, beginning “Text.”"' in render.source(untitled)


def test_an_update_and_what_was_not_believed_are_told(make_article: Make) -> None:
    """The day of a change stands in the byline, a date that cannot be in words below it."""
    article = make_article(
        "Text.",
        updated=Published(value="2024-06-03", precision="day", source="meta"),
        warnings=("the date <2099> lies in the future",),
    )
    html = render.source(source_view(article, start=0, end=5))
    assert '<span class="updated">updated 3 June 2024</span>' in html
    told = "Remark on the source: <bdi>the date &lt;2099&gt; lies in the future</bdi>"
    assert f'<p class="remark" dir="auto">{told}</p>' in html
