"""A quote from each format, from the file to the answer: verbatim, and verified."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from retriever import build, open_index
from retriever.cli import main
from tests.corpus.documents import epub, tarred, zipped

pytestmark = pytest.mark.model


def story(town: str) -> list[str]:
    """Return paragraphs that no other town has."""
    return [
        f"The lighthouse of {town} was lit again on Friday, after nine dark years.",
        f"“We never stopped believing in {town},” said its keeper, who had slept beside the lamp.",
        f"The lamp of {town} was paid for by the county, and its lens was ground in the town.",
    ]


def tagged(town: str) -> str:
    """Return the story in paragraphs of markup."""
    return "".join(f"<p>{paragraph}</p>" for paragraph in story(town))


def write_corpus(folder: Path) -> dict[str, str]:
    """Write a file of each format, each of another town; return town → path."""
    text = {town: "\n\n".join(story(town)) for town in ("Alby", "Borg", "Hede", "Jorpe")}
    feed = '<rss version="2.0"><channel><item><description>{}</description></item></channel></rss>'
    contents = {
        "Alby": ("a.txt", text["Alby"].encode()),
        "Borg": ("b.md", f"---\ntitle: Light\n---\n{text['Borg']}".encode()),
        "Cleve": ("c.json", json.dumps([{"body_html": tagged("Cleve")}]).encode()),
        "Drag": ("d.jsonl", json.dumps({"text": " ".join(story("Drag"))}).encode()),
        "Eide": ("e.rss", feed.format(f"<![CDATA[{tagged('Eide')}]]>").encode()),
        "Fosse": (
            "f.nitf",
            f"<nitf><body><body.content>{tagged('Fosse')}</body.content></body></nitf>".encode(),
        ),
        "Grane": ("g.epub", epub({"a.xhtml": tagged("Grane")})),
        "Hede": ("h.zip", zipped({"a.txt": text["Hede"].encode()})),
        "Jorpe": ("j.tar.gz", tarred({"a.txt": text["Jorpe"].encode()}, "gz")),
    }
    for name, content in contents.values():
        (folder / name).write_bytes(content)
    _write_word(folder / "k.docx")
    _write_pdf(folder / "l.pdf")
    return {town: name for town, (name, _) in contents.items()} | {
        "Kvam": "k.docx",
        "Lunde": "l.pdf",
    }


def _write_word(file: Path) -> None:
    document = Document()
    for paragraph in story("Kvam"):
        document.add_paragraph(paragraph)
    document.save(str(file))


def _write_pdf(file: Path) -> None:
    canvas = Canvas(str(file))
    canvas.showPage()
    for number, paragraph in enumerate(story("Lunde")):
        half = paragraph.index(" ", len(paragraph) // 2)
        canvas.drawString(72, 700 - 40 * number, paragraph[:half])
        canvas.drawString(72, 686 - 40 * number, paragraph[half + 1 :])
    canvas.save()


def test_a_quote_from_each_format_is_verbatim_and_verified(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    towns = write_corpus(corpus)
    report = build(corpus, index=tmp_path / "index")
    assert report.failed == ()
    assert report.articles == len(towns)
    index = open_index(tmp_path / "index")
    stored = {article.path: article for article in index.articles()}
    for town, path in towns.items():
        answer = index.ask(f"Who paid for the lamp of {town}?")
        quotes = [quote for quote in answer.quotes if quote.article.path == path]
        assert quotes, f"{path}: {[quote.text for quote in answer.quotes]}"
        for quote in quotes:
            assert stored[path].text[quote.start : quote.end] == quote.text
            assert " ".join(quote.text.split()) in " ".join(story(town))
            assert quote.page == (2 if path.endswith(".pdf") else None)
        file = tmp_path / "answer.json"
        file.write_text(json.dumps(answer.to_dict()))
        verified = CliRunner().invoke(
            main, ["verify", str(file), "--index", str(tmp_path / "index")]
        )
        assert verified.exit_code == 0, verified.output
