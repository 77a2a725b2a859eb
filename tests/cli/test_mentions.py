"""``quotidian mentions``: counts, pages, JSON, CSV, and one line for what is malformed."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retriever import Filters, Index, mention_rows, open_index
from retriever.cli import main
from retriever.records import Mention
from tests.building import write_articles
from tests.makers import make_article


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of seven reports of two publishers."""
    from retriever import build

    folder = tmp_path_factory.mktemp("reports")
    rows = [
        {
            "id": f"r{number}",
            "title": "=A report" if number else "A mutiny",
            "publisher": ("Post", "Courier")[number % 2],
            "published": f"2023-0{1 + number % 3}-15",
            "text": f"The crew of ship {number} rose. They called it Ostby’s mutiny, said Ostby.",
        }
        for number in range(7)
    ]
    build(write_articles(folder / "corpus" / "rows.jsonl", rows).parent, index=folder / "index")
    return folder / "index"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["mentions", *arguments, "--index", str(folder)])


pytestmark = pytest.mark.model


def test_what_is_printed_for_people(folder: Path) -> None:
    shown = run(folder, "ostby", "-n", "3", "--page", "2").stdout
    assert shown.startswith("14 mentions in 7 articles\n")
    assert "articles by month: 2023-01 3 · 2023-02 2 · 2023-03 2" in shown
    assert "articles by publisher: Post 4 · Courier 3" in shown
    assert "4 to 6, the newest article first:" in shown
    assert " 4 “They called it Ostby’s mutiny, said Ostby.”" in shown
    assert " 7 “" not in shown


def test_json_is_what_python_gives(folder: Path) -> None:
    index = open_index(folder)
    for expression, options, filters in (
        ("mutiny", [], Filters()),
        ("title:mutiny OR crew", ["--publisher", "Post"], Filters(publisher="Post")),
        ("Ostby NEAR/1 mutiny", ["--after", "2023-03"], Filters(after="2023-03")),
    ):
        printed = json.loads(run(folder, expression, "--json", *options).stdout)
        assert printed == index.mentions(expression, filters=filters).to_dict()


def test_csv_holds_every_mention(folder: Path) -> None:
    rows = [*csv.DictReader(io.StringIO(run(folder, "Ostby", "--csv").stdout))]
    assert len(rows) == 14
    texts = {article.id: article.text for article in open_index(folder).articles()}
    for row in rows:
        assert texts[row["article"]][int(row["start"]) : int(row["end"])] == row["sentence"]
    assert {row["title"] for row in rows} == {"A mutiny", "'=A report"}
    assert [row["published"] for row in rows] == sorted(
        (row["published"] for row in rows), reverse=True
    )


def test_what_stands_nowhere_is_said_to_stand_nowhere(folder: Path) -> None:
    result = run(folder, "zeppelin")
    assert result.exit_code == 0
    assert result.stdout.startswith("No article mentions zeppelin\n")


def test_a_malformed_expression_is_one_line(folder: Path) -> None:
    result = run(folder, "crew AND (mutiny")
    assert result.exit_code == 2
    assert result.stderr == (
        "quotidian: the expression ends too early: a word or a closing parenthesis is missing\n"
    )
    assert run(folder, "crew", "--page", "0", "-n", "-1").exit_code == 2


def test_no_cell_is_a_formula() -> None:
    article = make_article("=1+1 is two.", title="@x", author="-y", publisher="+z")
    rows = [*mention_rows([Mention(article=article, start=0, end=12)])]
    (row,) = csv.DictReader(rows)
    held = (row["sentence"], row["title"], row["author"], row["publisher"])
    assert held == ("'=1+1 is two.", "'@x", "'-y", "'+z")
    wide = make_article("＝1+1 is two.")  # what a Japanese keyboard gives
    (row,) = csv.DictReader([*mention_rows([Mention(article=wide, start=0, end=12)])])
    assert row["sentence"].startswith("'")


def test_every_mention_is_that_of_all_pages(folder: Path) -> None:
    index: Index = open_index(folder)
    pages = [index.mentions("ship", offset=at, limit=2).listed for at in range(0, 7, 2)]
    assert [*index.every_mention("ship")] == [one for page in pages for one in page]
