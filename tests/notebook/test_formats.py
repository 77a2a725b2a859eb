"""A notebook as files that others read: opened again, compared with the articles, attacked."""

import io
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from markdown_it import MarkdownIt

from retriever import Index
from retriever.errors import NotebookError
from retriever.notebook.entries import read_notebook
from retriever.notebook.formats.registry import NOTEBOOK_FORMATS, export_notebook
from retriever.notebook.notebooks import Notebooks
from tests.attacks import ATTACKS
from tests.makers import make_article
from tests.notebook.stored import TEXT, TREATY, Shelf, revised

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TODAY = date(2026, 11, 27)


@pytest.fixture
def notebooks(tmp_path: Path) -> Notebooks:
    """Return a notebook with a quote that stands, one that was revised, one gone, and notes."""
    shelf = Shelf(TREATY, revised("Ships lay in the harbour.", id="gone.txt", path="gone.txt"))
    notebooks = Notebooks(tmp_path, shelf)
    first = notebooks.pin("treaty.txt", 31, 54)
    notebooks.annotate(first.id, "Ask the *archive*.\n\nTwice.")
    notebooks.label(first.id, ["To check", "law"])
    notebooks.pin("treaty.txt", 0, 30)
    notebooks.pin("gone.txt", 0, 5)
    notebooks.add_note("Mine <alone>")
    shelf.held = {TREATY.id: revised(TEXT.replace("2001", "2002"))}
    return notebooks


def written(notebooks: Notebooks, form: str) -> bytes:
    """Return the notebook as a file."""
    return export_notebook(notebooks, form, today=TODAY)


def parts(content: bytes) -> dict[str, etree._Element]:
    """Return every XML part of a Word file, parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {
            name: etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }


def said(element: etree._Element) -> str:
    """Return the words of an element of a Word file."""
    return "".join(text.text or "" for text in element.iter(f"{WORD}t"))


def test_word_has_a_real_footnote_to_every_quote(notebooks: Notebooks) -> None:
    content = written(notebooks, "word")
    read = parts(content)
    document, notes = read["word/document.xml"], read["word/footnotes.xml"]
    marks = [mark.get(f"{WORD}id") for mark in document.iter(f"{WORD}footnoteReference")]
    assert marks == ["1", "2", "3", "4"]  # the words that replaced the revised ones have one too
    numbered = {note.get(f"{WORD}id"): note for note in notes}
    assert [*numbered] == ["-1", "0", *marks]
    assert "A treaty" in said(numbered["1"])
    assert "treaty.txt [31:54]" in said(numbered["1"])
    for name in ("FootnoteText", "FootnoteReference"):
        styles = read["word/styles.xml"].iter(f"{WORD}style")
        assert name in {style.get(f"{WORD}styleId") for style in styles}
    kinds = {part.get("PartName"): part.get("ContentType") for part in read["[Content_Types].xml"]}
    assert kinds["/word/footnotes.xml"].endswith("wordprocessingml.footnotes+xml")
    targets = [part.get("Target") for part in read["word/_rels/document.xml.rels"]]
    assert targets.count("footnotes.xml") == 1
    stated = [part.tag for part in read["word/settings.xml"]]
    assert stated.index(f"{WORD}footnotePr") < stated.index(f"{WORD}compat")


def test_word_opens_again_with_quotes_and_notes_apart(notebooks: Notebooks) -> None:
    document = Document(io.BytesIO(written(notebooks, "word")))
    quoted = [one.text for one in document.paragraphs if one.style and one.style.name == "Quote"]
    assert quoted == [
        "“It was renewed in 2021.”",
        "“The treaty was signed in 2001.”",
        "“The treaty was signed in 2002.”",
        "“Ships lay in the harbour.”",
    ]
    others = [one for one in document.paragraphs if one.text not in quoted]
    told = [one.text for one in others]
    assert "Your note: Ask the *archive*." in told
    assert "Twice." in told
    assert "Your note: Mine <alone>" in told
    assert "Labels: To check, law" in told
    assert "The article was revised: it holds these words no longer." in told
    assert "The article is gone: no article here holds these words now." in told
    own = next(one for one in others if one.text.startswith("Your note: Ask"))
    assert {run.font.name for run in own.runs} == {"Arial"}
    assert document.core_properties.author == ""


def test_markdown_quotes_and_cites_and_marks_nothing_of_a_note_up(notebooks: Notebooks) -> None:
    text = written(notebooks, "markdown").decode()
    assert "> “It was renewed in 2021.”\n>\n> — *A treaty*" in text
    page = MarkdownIt("commonmark").render(text)
    assert "<p><strong>Your note:</strong> Ask the *archive*.</p>" in page
    assert "<strong>Your note:</strong> Mine &lt;alone&gt;" in page
    assert page.count("<blockquote>") == 4
    assert "It now says:" in page


class _Tags(HTMLParser):
    """Collects the tags of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_html_has_a_footnote_to_every_quote_and_loads_nothing(notebooks: Notebooks) -> None:
    page = written(notebooks, "html").decode()
    tags = _Tags(page).tags
    assert [tag for tag, _ in tags].count("blockquote") == 4
    assert {known["href"] for tag, known in tags if tag == "a" and "rel" not in known} == {
        f"#{kind}-{number}" for kind in ("note", "mark") for number in range(1, 5)
    }
    assert not {"script", "img", "link", "iframe"} & {tag for tag, _ in tags}
    assert "Mine &lt;alone&gt;" in page


def test_json_is_the_notebook_as_it_is_kept(notebooks: Notebooks) -> None:
    assert read_notebook(written(notebooks, "json")) == notebooks.kept()


def test_an_unknown_format_names_those_there_are(notebooks: Notebooks) -> None:
    with pytest.raises(NotebookError, match="markdown, word, html, json"):
        written(notebooks, "pdf")


@pytest.mark.parametrize("form", NOTEBOOK_FORMATS)
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_field_attacks_whoever_opens_the_file(form: str, attack: str, tmp_path: Path) -> None:
    text = f"They said {attack} again."
    known = dict.fromkeys(("title", "author", "publisher", "url", "language"), attack)
    hostile = make_article(text, id=f"{attack}.txt", path=attack, **known)
    notebooks = Notebooks(tmp_path, Shelf(hostile))
    quote = notebooks.pin(hostile.id, 0, 4, question=attack)
    if attack.strip():
        notebooks.annotate(quote.id, attack)
        notebooks.add_note(attack)
    notebooks.label(quote.id, [attack[:40]])
    content = written(notebooks, form)
    if form == "word":
        read = parts(content)
        assert said(read["word/footnotes.xml"])
    elif form == "html":
        tags = _Tags(content.decode()).tags
        assert {tag for tag, _ in tags} <= set(
            "html head meta title style body h1 p section blockquote sup a b footer ol li".split()
        )
        links = [known["href"] or "" for tag, known in tags if tag == "a"]
        assert all(link.startswith(("#", "http://", "https://")) for link in links)
        assert not any(name.startswith("on") for _, known in tags for name in known)
    elif form == "markdown":
        page = MarkdownIt("commonmark", {"html": True}).render(content.decode())
        assert {tag for tag, _ in _Tags(page).tags} <= set(
            "h1 p hr em strong blockquote a br".split()
        )
    else:
        assert read_notebook(content) == notebooks.kept()


def test_words_that_were_never_verified_do_not_look_like_a_quote(
    notebooks: Notebooks, tmp_path: Path
) -> None:
    kept = written(notebooks, "json").replace(b"renewed", b"revoked")
    other = Notebooks(tmp_path / "other", Shelf(TREATY))
    other.join(read_notebook(kept))
    document = Document(io.BytesIO(written(other, "word")))
    (found,) = (one for one in document.paragraphs if "revoked" in one.text)
    assert found.style
    assert found.style.name != "Quote"
    assert "“" not in found.text
    assert b'<blockquote dir="auto">\xe2\x80\x9cIt was revoked' not in written(other, "html")
    assert b"> \xe2\x80\x9cIt was revoked" not in written(other, "markdown")
    assert b"Not verified" in written(other, "markdown")


@pytest.mark.model
def test_every_quote_of_an_answer_is_pinned_as_it_is(seeds_index: Index, tmp_path: Path) -> None:
    """Quotes and closest passages are whole sentences: none is widened."""
    notebooks = Notebooks(tmp_path, seeds_index)
    asked = ("Who did Andrey Rudenko meet in Beijing?", "What did Ding say?", "Who sells zebras?")
    for question in asked:
        answer = seeds_index.ask(question)
        for quote in (*answer.quotes, *answer.closest):
            pinned = notebooks.pin(quote.article.id, quote.start, quote.end, question=question)
            assert (pinned.start, pinned.end, pinned.text) == (quote.start, quote.end, quote.text)
            speaker = quote.speaker.of(quote.article.text) if quote.speaker else None
            assert pinned.speaker == speaker
    assert {entry["state"] for entry in notebooks.show().to_dict()["entries"]} == {"same"}  # type: ignore[attr-defined]
