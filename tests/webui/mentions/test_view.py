"""The mentions view: sentences stay whole, counts become bars, and everything is escaped."""

import json
from html.parser import HTMLParser
from typing import Any

import gradio as gr
import pytest

from retriever import Filters, Index, Mention, Mentions, Span, Tally
from tests.attacks import ATTACKS
from tests.makers import make_answer, make_article, make_quote
from tests.webui.corpora import index_of
from webui import render
from webui.mentions.request import PER_PAGE, MentionsRequest, read_mentions_request
from webui.mentions.tab import _MentionsEvents
from webui.mentions.view import make_mentions_page

COVERAGE = make_answer(make_quote("A sentence.")).coverage


def found(*listed: Mention, months: tuple[Tally, ...] = (), **fields: Any) -> Mentions:
    given: dict[str, Any] = {"articles": 1, "mentions": len(listed), "by_month": months} | fields
    return Mentions(expression="x", coverage=COVERAGE, listed=listed, limit=PER_PAGE, **given)


class _Marked(HTMLParser):
    """Collects the text of quotes, and what is marked in them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.quotes: list[str] = []
        self.marked: list[str] = []
        self.tags: list[str] = []
        self._inside: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside.add(tag)
        if tag == "blockquote":
            self.quotes.append("")
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        self._inside.discard(tag)

    def handle_data(self, data: str) -> None:
        if "blockquote" in self._inside:
            self.quotes[-1] += data
            if "mark" in self._inside:
                self.marked.append(data)


def test_matches_of_one_sentence_are_marked_in_it_together() -> None:
    article = make_article("Xi met Xi. Putin came.")
    one = Mention(article=article, start=0, end=10, words=(Span(start=0, end=2),))
    two = Mention(article=article, start=0, end=10, words=(Span(start=7, end=9),))
    near = Mention(
        article=article, start=11, end=22, words=(Span(start=11, end=16), Span(start=17, end=21))
    )
    page = make_mentions_page(MentionsRequest(expression="x"), found(one, two, near))
    shown = _Marked(render.mentions(page))
    assert shown.quotes == ["Xi met Xi.", "Putin came."]
    assert shown.marked == ["Xi", "Xi", "Putin", "came"]
    assert page.rows[0].key.endswith(":0-10")
    assert page.rows[0].answering == "0-2"


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_whatever_an_article_or_a_reader_writes_stays_text(attack: str) -> None:
    text = f"{attack} x."
    article = make_article(text, title=attack, author=attack, publisher=attack)
    mention = Mention(article=article, start=0, end=len(text), words=())
    mentions = found(
        mention,
        by_publisher=(
            Tally(value=attack, articles=2, mentions=2),
            Tally(value="b", articles=1, mentions=1),
        ),
    )
    request = MentionsRequest(expression=attack, filters=Filters(publisher=attack, author=attack))
    page = make_mentions_page(request, mentions)
    shown = _Marked(render.mentions(page, typed=attack, problem=attack))
    plain = _Marked(render.mentions(make_mentions_page(MentionsRequest(), found(mention))))
    assert not {"script", "img", "iframe", "svg", "a", "style"} & {*shown.tags}
    assert plain.tags.count("blockquote") == shown.tags.count("blockquote") == 1


def test_months_without_an_article_have_a_place_too() -> None:
    months = (
        Tally(value="2022-11", articles=4, mentions=9),
        Tally(value="2023", articles=1, mentions=1),
        Tally(value="2023-02", articles=1, mentions=1),
        Tally(value=None, articles=1, mentions=1),
    )
    mention = Mention(article=make_article("x."), start=0, end=2)
    bars = make_mentions_page(MentionsRequest(), found(mention, months=months)).bars
    assert [(bar.month, bar.articles, bar.height) for bar in bars] == [
        ("2022-11", 4, 1.0),
        ("2022-12", 0, 0.0),
        ("2023-01", 0, 0.0),
        ("2023-02", 1, 0.25),
    ]
    decades = (months[0], Tally(value="1990-01", articles=1, mentions=1))
    years = make_mentions_page(MentionsRequest(), found(mention, months=decades)).bars
    assert (len(years), years[0].month, years[-1].articles) == (33, "", 4)


@pytest.mark.parametrize(
    "value",
    [None, 7, [], {"expression": 7, "page": "2"}, {"page": -1}, {"filters": {"no": "such"}}],
)
def test_what_makes_no_sense_is_left_at_its_default(value: object) -> None:
    assert read_mentions_request(value) == MentionsRequest()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Index:
    texts = {f"{n}.txt": f"Report {n}.\n\nThe storm of Ostby came back." for n in range(30)}
    return index_of(texts, tmp_path_factory.mktemp("reports"))


def event(**wanted: object) -> gr.EventData:
    return gr.EventData(None, {"wanted": wanted})


def sent(**wanted: object) -> str:
    return json.dumps(wanted)


def test_pages_and_problems_are_shown(reports: Index) -> None:
    events: Any = _MentionsEvents(reports)
    first, second = (events.show(sent(expression="Ostby", page=page)) for page in (1, 2))
    assert "<b>30 mentions</b> in 30 articles" in first
    assert "1 to 20 of 30" in first
    assert "21 to 30 of 30" in second
    assert "No article mentions this. All 30 articles" in events.show(sent(expression="zeppelin"))
    narrowed = sent(expression="Ostby", filters={"publisher": "Nobody"})
    assert "No article of those chosen mentions this." in events.show(narrowed)
    assert "ends too early" in events.show(sent(expression="Ostby AND"))
    for nothing in (sent(expression=" "), "", "[1]", "{", None):
        assert "counted" not in events.show(nothing)


def test_the_saved_table_holds_every_mention(reports: Index) -> None:
    events = _MentionsEvents(reports)
    saved = json.loads(events.save(event(expression="Ostby")))
    assert (saved["name"], saved["type"]) == ("mentions.csv", "text/csv")
    assert saved["text"].startswith("\ufeffpublished,")
    assert saved["text"].count("The storm of Ostby came back.") == 30
    assert "not closed" in json.loads(events.save(event(expression='"a')))["problem"]
