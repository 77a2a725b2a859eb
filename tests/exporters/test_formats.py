"""Quotes in the formats of others: read back by other people's parsers, they are the same."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from retriever import (
    Article,
    Published,
    QuestionError,
    Quote,
    export,
    quote_forms,
    verify_answer,
)
from retriever.exporters.formats import EXPORT_FORMATS
from retriever.exporters.markdown import markdown
from retriever.exporters.saved import Conversation, ExportFormat
from retriever.records import Filters, Listed, Listing, ListingKind
from tests.attacks import ATTACKS
from tests.makers import make_answer, make_article, make_quote

TODAY = date(2026, 11, 22)
NUMBERED = pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))


def quote(article: Article, start: int = 0, end: int | None = None, **more: Any) -> dict[str, Any]:
    """Return a quote as ``ask --json`` prints it."""
    whole = Quote(article=article, start=start, end=end or len(article.text), score=1.0)
    return {**whole.to_dict(), **more}


def answer(*quotes: dict[str, Any], question: str = "Who?") -> dict[str, Any]:
    """Return as much of an answer as exporting reads."""
    return {"question": question, "quotes": [*quotes]}


class Texts(HTMLParser):
    """Collects what HTML shows, its tags, its links, and what is bold."""

    def __init__(self, html: str) -> None:
        """Read the HTML."""
        super().__init__()
        self.text, self.tags, self.links = "", [], []  # type: ignore[var-annotated]
        self.bold, self._in_bold = "", False
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text += data
        self.bold += data if self._in_bold else ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Note the tag and where it leads."""
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src"}]
        self.text += "\n" if tag == "br" else ""
        self._in_bold |= tag == "strong"

    def handle_endtag(self, tag: str) -> None:
        """Note where bold ends."""
        self._in_bold &= tag != "strong"


def squeezed(text: str) -> str:
    """Return text as a paragraph shows it."""
    return " ".join(text.replace("\0", "\ufffd").split())


def known(words: str = "Anne said so. He left.", **more: Any) -> Article:
    """Return an article of which much is known."""
    fields = {
        "id": "a",
        "title": "A Title & more",
        "author": "Ann Åberg",
        "publisher": "The Paper",
        "published": Published(value="2023-06-25", precision="day", source="x"),
        "url": "https://news.example/a?b=1&c=2",
    }
    return make_article(words, **{**fields, **more})


def test_markdown_shows_the_question_the_words_and_the_source() -> None:
    text = export(answer(quote(known(), 0, 13, speaker="Anne")), "markdown")
    assert text == (
        "## Who?\n\n> “Anne said so.”\n>\n"
        "> — Anne, in: *A Title \\& more*, Ann Åberg, The Paper, 2023-06-25, "
        "<https://news.example/a?b=1&c=2>, a.txt [0:13]\n"
    )
    assert "No answer to this question was found" in export(answer(), "markdown")


@NUMBERED
def test_nothing_in_markdown_is_markup(attack: str) -> None:
    article = known(attack, title=attack, author=attack, publisher=attack, url=attack, id=attack)
    text = export(answer(quote(article), question=attack), "markdown")
    shown = Texts(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
    assert set(shown.tags) <= {"h2", "blockquote", "p", "br", "em"}
    assert not shown.links
    assert squeezed(f"“{attack}”") in squeezed(shown.text)


@given(st.text())
def test_any_text_survives_markdown(text: str) -> None:
    shown = Texts(MarkdownIt("commonmark").render(f"x{markdown(text)}x")).text
    if "\r" not in text:
        assert squeezed(shown) == squeezed(f"x{text}x")


@NUMBERED
def test_the_html_form_holds_only_its_own_elements(attack: str) -> None:
    article = known(attack, title=attack, author=attack, publisher=attack, url=attack, id=attack)
    html = quote_forms(quote(article, speaker=attack))["HTML"]
    shown = Texts(html)
    assert set(shown.tags) <= {"figure", "blockquote", "p", "br", "figcaption", "cite"}
    assert not shown.links


def test_markdown_lists_the_names_that_an_answer_lists() -> None:
    entry = Listed(name="Ann *Berg*", articles=1_200, article="a.txt")
    people = Listing(kind=ListingKind.PEOPLE, entries=(entry,), total=1, articles=3, read=3)
    saved = replace(make_answer(make_quote("Nobody was hurt.")), listing=people).to_dict()
    assert "\n\n- Ann \\*Berg\\* (1,200)\n" in export(saved, "markdown")
    for broken in ("x", {"entries": "x"}, {"entries": [1, {"name": 2}, {"name": "a"}]}):
        assert "\n- " not in export(saved | {"listing": broken}, "markdown")


def test_markdown_says_what_was_searched_where_articles_were_left_out() -> None:
    whole = make_answer(make_quote("Nobody was hurt."))
    saved = replace(whole, filters=Filters(publisher="C*N", after="2022"), searched=1).to_dict()
    line = "## Q?\n\nSearched: C\\*N, from 2022, 1 of 1 article.\n\n> “Nobody"
    assert export(saved, "markdown").startswith(line)
    unread: list[dict[str, object]] = [
        {"filters": "x"},
        {"searched": None},
        {"coverage": []},
        {"filters": {}},
    ]
    for broken in unread:
        assert "Searched" not in export(saved | broken, "markdown")


def test_markdown_sets_the_answering_words_in_bold_and_says_so() -> None:
    text = export(answer(quote(known(), 0, 13, answering={"start": 0, "end": 4})), "markdown")
    assert "> “**Anne** said so.”\n" in text
    assert text.endswith(
        "Words in bold answer the question. The emphasis is not the articles’ own.\n"
    )
    # A quote that is copied goes into texts that cannot tell whose emphasis it is.
    copied = quote_forms(quote(known(), 0, 13, answering={"start": 0, "end": 4}))
    assert copied == quote_forms(quote(known(), 0, 13))


def _two_that_differ(*values: object) -> dict[str, Any]:
    quotes = (quote(known("It killed *14*.")), quote(known("It killed 19.")))
    pair = {"reason": "14 / 19", "quotes": [0, 1], "kind": "numbers", "values": [*values]}
    return {**answer(*quotes), "disagreements": [pair]}


def test_markdown_sets_what_two_quotes_say_of_the_same_side_by_side() -> None:
    text = export(_two_that_differ({"start": 10, "end": 14}, {"start": 10, "end": 12}), "markdown")
    assert text.endswith(
        "\n\nQuotes 1 and 2 do not say the same:\n\n"
        "- quote 1, 2023-06-25: “\\*14\\*”\n- quote 2, 2023-06-25: “19”\n"
    )
    shown = Texts(MarkdownIt("commonmark").render(text))
    assert shown.tags.count("li") == 2
    assert "“*14*”" in shown.text


@pytest.mark.parametrize(
    "values",
    [
        (),
        ({"start": 10, "end": 14}, {"start": 10, "end": 99}),
        ({"start": -3, "end": 2}, {"start": 10, "end": 12}),
        ("14", "19"),
    ],
)
def test_words_that_stand_in_no_quote_are_not_set_side_by_side(values: tuple[object, ...]) -> None:
    assert "do not say the same" not in export(_two_that_differ(*values), "markdown")


# What stands beside two stars decides whether they are stars or begin and end bold.
_BESIDE = st.sampled_from("ab1 .*_`\\\n-$“”’(é\u0301東\u00a0&#<")


@settings(max_examples=300)
@given(st.text(_BESIDE), st.text(_BESIDE, min_size=1, max_size=6), st.text(_BESIDE))
def test_bold_changes_no_word_of_a_quote(before: str, words: str, after: str) -> None:
    text, start, end = before + words + after, len(before), len(before + words)
    span = {"start": start, "end": end}
    plain, marked = (
        Texts(MarkdownIt("commonmark").render(export(answer(one), "markdown")))
        for one in (quote(known(text)), quote(known(text), answering=span))
    )
    added = "Words in bold answer" in marked.text
    shown = marked.text.partition("Words in bold answer")[0] if added else marked.text
    assert added == bool(words.strip())
    lifted = f"Who? {words} · The Paper" if added else "Who?"
    assert squeezed(shown) == squeezed(plain.text.replace("Who?", lifted, 1))
    # Above the quote always, in it where it can be.
    said = squeezed(words) if added else ""
    assert squeezed(marked.bold) in {said, said + said}


def test_equal_answers_of_several_sources_stand_in_one_line_above_the_quotes() -> None:
    quotes = [
        quote(known(text, title=None, publisher=source), answering={"start": 8, "end": 14})
        for text, source in (
            ("It cost 11,000 crowns.", "CNN"),
            ("It cost 12,000 crowns.", "*Reuters*"),
            ("It cost 11 000 crowns.", "USA TODAY"),
        )
    ]
    written = export(answer(*quotes), "markdown")
    assert "## Who?\n\n**11,000** · CNN, USA TODAY\\\n**12,000** · \\*Reuters\\*\n\n> “" in written


def test_plain_text_keeps_every_character() -> None:
    plain = quote_forms(quote(known(), 0, 13))["Plain text"]
    assert plain == (
        "“Anne said so.”\n— “A Title & more”, Ann Åberg, The Paper, 2023-06-25, "
        "https://news.example/a?b=1&c=2, a.txt [0:13]"
    )


def test_bibtex_lists_an_article_once_with_all_its_quotes() -> None:
    cited = [quote(known(), 0, 13), quote(known(), 14, 22)]
    # The same quote answered another question with other words: it is cited once.
    cited.append(quote(known(), 0, 13, answering={"start": 0, "end": 4}))
    text = export(answer(*cited), "bibtex", today=TODAY)
    (entry,) = parse_string(text, "bibtex").entries.values()
    assert entry.type == "article"
    assert entry.fields["journal"] == "The Paper"
    assert (entry.fields["year"], entry.fields["day"]) == ("2023", "25")
    assert entry.fields["url"] == "https://news.example/a?b=1&c=2"
    assert entry.fields["urldate"] == "2026-11-22"
    assert entry.fields["note"] == "“Anne said so.” a.txt [0:13] “He left.” a.txt [14:22]"
    assert "@article{aberg-2023-" in text


@NUMBERED
def test_bibtex_is_read_back_whatever_the_fields_hold(attack: str) -> None:
    names = {"title": attack, "author": attack, "publisher": attack, "id": attack}
    articles = [known(attack, url=attack, **names), known(f"{attack}.", **names)]
    text = export(answer(*map(quote, articles)), "bibtex", today=TODAY)
    entries = parse_string(text, "bibtex").entries
    assert len(entries) == 2
    assert text.count("{") == text.count("}")
    for entry in entries.values():
        assert plain_tex(entry.fields["title"]) == squeezed(attack).replace("\ufffd", "\0")


def plain_tex(text: str) -> str:
    """Return what TeX would print."""
    words = {"backslash": "\\", "braceleft": "{", "braceright": "}"}
    words |= {"asciitilde": "~", "asciicircum": "^"}
    text = text.removeprefix("{").removesuffix("}")
    pattern = rf"\\text({'|'.join(words)})\{{\}}|\\([$&%#_])"
    return re.sub(pattern, lambda found: words.get(found[1] or "", found[2]), text)


def test_csl_names_what_is_known_and_nothing_else() -> None:
    items = json.loads(export(answer(quote(known(), 0, 13)), "csl", today=TODAY))
    assert items == [
        {
            "id": "a",
            "type": "article-newspaper",
            "title": "A Title & more",
            "author": [{"literal": "Ann Åberg"}],
            "container-title": "The Paper",
            "issued": {"date-parts": [[2023, 6, 25]]},
            "URL": "https://news.example/a?b=1&c=2",
            "accessed": {"date-parts": [[2026, 11, 22]]},
            "note": "“Anne said so.” a.txt [0:13]",
            "custom": {
                "path": "a.txt",
                "sha256": known().sha256,
                "quotes": [{"exact": "Anne said so.", "start": 0, "end": 13}],
            },
        }
    ]
    bare = make_article("So.", id="b", published=None)
    (item,) = json.loads(export(answer(quote(bare)), "csl"))
    assert set(item) == {"id", "type", "note", "custom"}


def test_annotations_select_the_words_by_quote_and_by_position() -> None:
    article = known()
    saved = answer(quote(article, 0, 13))
    (made,) = json.loads(export(saved, "annotations", article=lambda _: article))["items"]
    assert made["target"] == {
        "source": "https://news.example/a?b=1&c=2",
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": "Anne said so.",
                "prefix": "",
                "suffix": " He left.",
            },
            {"type": "TextPositionSelector", "start": 0, "end": 13},
        ],
    }
    revised = known("Other words now.")
    for lookup in (None, lambda _: revised, gone):
        (bare,) = json.loads(export(saved, "annotations", article=lookup))["items"]
        assert bare["target"]["selector"][0] == {
            "type": "TextQuoteSelector",
            "exact": "Anne said so.",
        }


def test_an_annotation_of_a_quote_that_answers_selects_the_answering_words_inside_it() -> None:
    article = known("Nobody came. Anne said so.")
    saved = answer(quote(article, 13, 26, answering={"start": 13, "end": 17}))
    (made,) = json.loads(export(saved, "annotations"))["items"]
    for selector in made["target"]["selector"]:
        within = selector["refinedBy"]
        assert within["type"] == "TextPositionSelector"
        assert article.text[13:26][within["start"] : within["end"]] == "Anne"
    assert made["target"]["selector"][1]["start"] == 13


def gone(article_id: str) -> Article:
    """Say that there is no such article."""
    raise QuestionError(article_id)


def test_an_exported_conversation_is_verified_and_exported_again() -> None:
    article = known()
    talk = [answer(quote(article, 0, 13)), answer(quote(article, 14, 22), question="And?")]
    saved = json.loads(export(talk, "json"))
    verdicts = verify_answer(saved, lambda _: article)
    assert [verdict.stands for verdict in verdicts] == [True, True]
    saved["answers"][1]["quotes"][0]["text"] = "He came."
    assert not all(verdict.stands for verdict in verify_answer(saved, lambda _: article))


@pytest.mark.parametrize(
    "saved",
    [None, {}, [{}], {"answers": [{"quotes": 1}]}, {"quotes": [{}]}, {"quotes": [{"article": {}}]}],
)
def test_what_is_no_answer_is_said_to_be_none(saved: object) -> None:
    with pytest.raises(QuestionError):
        export(saved, "bibtex")


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(QuestionError, match="'ris' is no export format; choose one of markdown"):
        export(answer(), "ris")


def as_ris(conversation: Conversation) -> str:
    """Return the titles in a format that there is not."""
    quotes = (quote for answer in conversation.answers for quote in answer.quotes)
    return "".join(f"TY  - NEWS\nTI  - {quote.title}\nER  -\n" for quote in quotes)


RIS = ExportFormat(
    name="ris",
    label="RIS",
    ending="ris",
    media_type="application/x-research-info-systems",
    write=as_ris,
)


@pytest.mark.parametrize("kind", [*EXPORT_FORMATS.values(), RIS], ids=lambda kind: kind.name)
def test_every_format_is_whole(kind: ExportFormat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXPORT_FORMATS, kind.name, kind)
    others = [other for name, other in EXPORT_FORMATS.items() if name != kind.name]
    assert EXPORT_FORMATS[kind.name] is kind
    assert kind.label
    assert kind.label not in {other.label for other in others}
    assert kind.ending not in {other.ending for other in others}
    assert re.fullmatch(r"[a-z]+/[a-z.+-]+", kind.media_type)
    talk = [answer(quote(known(), 0, 13)), answer(quote(known(), 14, 22), question="And?")]
    text = export(talk, kind.name, today=TODAY)
    assert "A Title" in text or kind.name == "annotations"  # which name the address
    assert text.endswith("\n")
    assert export(json.loads(export(talk, "json")), kind.name, today=TODAY) == text
    alone = export(talk, kind.name, article=gone, today=TODAY)
    assert (export(talk, kind.name, article=lambda _: known(), today=TODAY) != alone) is (
        kind.reads_articles
    )


def test_a_new_format_is_known_to_the_commands(tmp_path: Path) -> None:
    """Its own file and the list of formats are all that a format needs."""
    (tmp_path / "answer.json").write_text(json.dumps(answer(quote(known(), 0, 13))))
    program = (
        "import sys; from retriever.exporters.formats import EXPORT_FORMATS\n"
        "from tests.exporters.test_formats import RIS\n"
        "EXPORT_FORMATS['ris'] = RIS\n"
        "from retriever.cli import main; main(['export', sys.argv[1], '--as', 'ris'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "answer.json")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert run.stdout == "TY  - NEWS\nTI  - A Title & more\nER  -\n"
