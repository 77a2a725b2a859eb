"""Drafts and lists of questions: page, API, tools, command line and Python tell the same."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from gradio_client import Client as PageClient
from mcp import Client as ToolClient

from retriever import Index, answer_questions, table_of
from retriever.cli import main
from tests.loops import in_a_loop
from tests.webui.applications import listening
from webui.drafts.verdict_view import draft_view
from webui.programs.drafts import MOST_ROWS
from webui.render import draft_verdicts
from webui.site import Site

pytestmark = [
    pytest.mark.model,
    # Gradio's queue uses what pandas 3 deprecates, and the server runs in this process.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]
DRAFT = (
    "As “Russia's internal affair,” Beijing saw. “The price will be too high to pay,” Ding said, "
    "and: “This teaches Xi … struggles in fighting the ground battle.”\n\n"
    "> [T]his won’t be the last time\n\n«Nobody ever said a word of this»"
)
ASKED = ["What did Ding say?", "Who won the 2022 World Cup?", ""]


@pytest.fixture(scope="module")
def address(seeds_index: Index) -> Iterator[str]:
    """Serve the page over the seeds and return its address."""
    yield from listening(Site(index=seeds_index))


def through_the_api(address: str, name: str, sent: object) -> Any:
    client = PageClient(address, verbose=False, analytics_enabled=False, download_files=False)
    told = client.predict(sent, api_name=name)
    client.close()
    return told


async def through_the_tools(address: str, name: str, sent: dict[str, object]) -> Any:
    async with ToolClient(f"{address}mcp") as client:
        result: Any = await client.call_tool(name, sent)
        assert json.loads(result.content[0].text) == result.structured_content
        return result.structured_content


def on_the_command_line(command: str, file: Path, text: str, index: Index) -> Any:
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, [command, str(file), "--json", "--index", str(index.folder)])
    assert result.exit_code in {0, 1}, result.output
    return json.loads(result.stdout)


def test_every_way_of_checking_a_draft_tells_the_same(
    address: str, seeds_index: Index, tmp_path: Path
) -> None:
    checked = seeds_index.check_draft(DRAFT)
    expected = checked.to_dict()
    assert [str(one.accuracy) for one in checked.quotations] == [
        *("exact", "nearly", "exact", "exact", "nowhere")
    ]
    assert through_the_api(address, "/check_draft", DRAFT) == expected
    in_tools = in_a_loop(lambda: through_the_tools(address, "check_draft", {"text": DRAFT}))
    assert in_tools == expected
    assert on_the_command_line("check", tmp_path / "a.md", DRAFT, seeds_index) == expected
    html = draft_verdicts(draft_view(checked))
    shown = re.findall(r'<mark class="told (\w+)" id="told-\d+">', html)
    assert shown == [str(one.accuracy) for one in checked.quotations]


def test_every_way_of_asking_a_list_tells_the_same(
    address: str, seeds_index: Index, tmp_path: Path
) -> None:
    rows = [row.to_dict() for row in answer_questions(seeds_index, table_of(ASKED))]
    sent: Any = [{"question": question} for question in ASKED]
    assert through_the_api(address, "/batch", sent) == {"rows": rows}
    assert in_a_loop(lambda: through_the_tools(address, "batch", {"rows": sent})) == {"rows": rows}
    table = "question,\n" + "".join(f'"{question}",x\n' for question in ASKED)
    told = on_the_command_line("batch", tmp_path / "q.csv", table, seeds_index)["rows"]
    assert [{**row, "cells": row["cells"][:1]} for row in told] == rows


def test_too_many_rows_are_refused_in_one_line(address: str) -> None:
    with pytest.raises(Exception, match=f"at most {MOST_ROWS}"):
        through_the_api(address, "/batch", [{"question": "?"}] * (MOST_ROWS + 1))
