"""One answer: the page, its API, the tools, the command line and Python give the same quotes."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from click.testing import CliRunner
from gradio import EventData
from gradio_client import Client as PageClient
from mcp import Client as ToolClient

from retriever import Filters, Index, ListRequest
from retriever.cli import main
from tests.loops import in_a_loop
from tests.webui.applications import listening
from webui.chat.candidates import candidates
from webui.chat.conversation import answer_turn
from webui.chat.question import Asked
from webui.mentions.request import read_mentions_request
from webui.mentions.tab import _MentionsEvents
from webui.site import Site

pytestmark = [
    pytest.mark.model,
    # Gradio's queue uses what pandas 3 deprecates, and the server runs in this process.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
]

NOT_IN_THE_SEEDS = (
    "What is the population of Reykjavik?",
    "Who won the World Cup in 2022?",
    "How many Wagner fighters were killed?",
    "zzz",
    "?",
)


def questions(index: Index) -> list[str]:
    """Return fifty questions: about the seeds' names and sentences, and five about neither."""
    articles = [*index.articles()]
    asked = [one.question for article in articles for one in candidates(article)]
    sentences = [line for article in articles for line in re.split(r"(?<=[.!?])\s", article.text)]
    asked += [f"What about {' '.join(line.split()[:7])}?" for line in sentences if len(line) > 60]
    return [*[*dict.fromkeys(asked)][:45], *NOT_IN_THE_SEEDS]


@pytest.fixture(scope="module")
def address(seeds_index: Index) -> Iterator[str]:
    """Serve the page over the seeds and return its address."""
    yield from listening(Site(index=seeds_index))


def test_every_way_of_asking_gives_the_same_answer(address: str, seeds_index: Index) -> None:
    asked = questions(seeds_index)
    assert len(set(asked)) == 50
    expected = [seeds_index.ask(question).to_dict() for question in asked]
    assert {answer["outcome"] for answer in expected} == {"answered", "not_found"}
    assert through_the_api(address, asked) == expected
    assert in_a_loop(lambda: through_the_tools(address, asked)) == expected
    assert [on_the_command_line(question, seeds_index) for question in asked] == expected
    for question, answer in zip(asked, expected, strict=True):
        assert on_the_page(question, seeds_index) == shown(answer)


LISTS: tuple[dict[str, Any], ...] = (
    {},
    {"words": "Prigozhin", "sort": "title", "limit": 1},
    {"filters": Filters(after="2023"), "sort": "-characters", "offset": 1, "limit": 5},
    {"words": "Rudenko", "state": "article", "limit": 3},
    {"words": "zeppelin"},
)


def test_every_way_of_listing_gives_the_same_list(address: str, seeds_index: Index) -> None:
    newest: dict[str, Any] = {"sort": "-published", "limit": 50}
    asked = [ListRequest(**newest | own) for own in LISTS]
    expected = [seeds_index.list_articles(request).to_dict() for request in asked]
    assert [page["found"] for page in expected][:2] == [2, 1]
    assert lists_through_the_api(address, asked, "/list_articles") == expected
    rows = lists_through_the_api(address, asked, "/articles")
    assert rows == [page["articles"] for page in expected]
    assert in_a_loop(lambda: lists_through_the_tools(address, asked)) == expected
    assert [listed_on_the_command_line(request, seeds_index) for request in asked] == expected


def as_arguments(request: ListRequest) -> dict[str, Any]:
    """Return a request as programs send it."""
    return {
        "query": request.words,
        "filters": request.filters.to_dict(),
        "state": request.state,
        "sort": request.sort,
        "offset": request.offset,
        "limit": request.limit,
    }


def lists_through_the_api(address: str, asked: list[ListRequest], name: str) -> list[Any]:
    """List as a program that uses the page's endpoints."""
    client = PageClient(address, verbose=False, analytics_enabled=False, download_files=False)
    found = [client.predict(**as_arguments(request), api_name=name) for request in asked]
    client.close()
    return found


async def lists_through_the_tools(address: str, asked: list[ListRequest]) -> list[Any]:
    """List with the tool."""
    async with ToolClient(f"{address}mcp") as client:
        return [
            (await client.call_tool("list_articles", as_arguments(request))).structured_content
            for request in asked
        ]


def listed_on_the_command_line(request: ListRequest, index: Index) -> Any:
    """List as a person does in a shell."""
    arguments = ["articles", request.words, "--sort", request.sort, "--limit", str(request.limit)]
    arguments += ["--offset", str(request.offset), "--json", "--index", str(index.folder)]
    arguments += ["--state", request.state] if request.state else []
    for name, value in request.filters.to_dict().items():
        arguments += [f"--{name}", value]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


COUNTED: tuple[tuple[str, dict[str, str]], ...] = (
    ("Wagner", {}),
    ("Russia NEAR/5 China OR title:Russia", {}),
    ("mutin* AND NOT zeppelin", {"before": "2020"}),
    ("zeppelin", {}),
)


def test_every_way_of_counting_gives_the_same_mentions(address: str, seeds_index: Index) -> None:
    expected: list[Any] = [
        seeds_index.mentions(expression, filters=Filters(**filters), limit=7).to_dict()
        for expression, filters in COUNTED
    ]
    assert expected[0]["mentions"] > 7
    client = PageClient(address, verbose=False, analytics_enabled=False, download_files=False)
    called = [
        client.predict(expression, filters, 0, 7, api_name="/mentions")
        for expression, filters in COUNTED
    ]
    tables = [
        client.predict(expression, filters, api_name="/mentions_csv")
        for expression, filters in COUNTED
    ]
    client.close()
    assert called == expected
    assert in_a_loop(lambda: counted_by_tools(address)) == expected
    for (expression, filters), mentions, table in zip(COUNTED, expected, tables, strict=True):
        options = [part for name, value in filters.items() for part in (f"--{name}", value)]
        options += ["--index", str(seeds_index.folder)]
        printed = CliRunner().invoke(main, ["mentions", expression, "-n", "7", "--json", *options])
        assert json.loads(printed.stdout) == mentions
        written = CliRunner().invoke(main, ["mentions", expression, "--csv", *options]).stdout
        assert written.splitlines() == table.splitlines()
        wanted = {"expression": expression, "filters": filters}
        events = _MentionsEvents(seeds_index)
        saved = json.loads(events.save(EventData(None, {"wanted": wanted})))
        assert saved["text"].removeprefix("\ufeff") == table
        shown = read_mentions_request(wanted)
        found = seeds_index.mentions(expression, filters=shown.filters, limit=7)
        assert found.to_dict() == mentions


async def counted_by_tools(address: str) -> list[Any]:
    """Count with the tool."""
    counted = []
    async with ToolClient(f"{address}mcp") as client:
        for expression, filters in COUNTED:
            wanted = {"expression": expression, "filters": filters, "limit": 7}
            result: Any = await client.call_tool("mentions", wanted)
            counted.append(result.structured_content)
    return counted


def test_every_way_of_reading_an_article_gives_the_same_cluster(
    address: str, seeds_index: Index
) -> None:
    client = PageClient(address, verbose=False, analytics_enabled=False, download_files=False)
    for article in seeds_index.articles():
        expected = seeds_index.article_with_cluster(article.id)
        assert expected["text"] == article.text
        arguments = ["article", article.id, "--json", "--index", str(seeds_index.folder)]
        assert json.loads(CliRunner().invoke(main, arguments).stdout) == expected
        assert client.predict(article.id, api_name="/article") == expected
        assert in_a_loop(lambda: article_by_tool(address, article.id)) == expected  # noqa: B023
    client.close()


async def article_by_tool(address: str, article_id: str) -> Any:
    """Read an article as a tool gives it."""
    async with ToolClient(f"{address}mcp") as client:
        result: Any = await client.call_tool("article", {"article_id": article_id})
        return result.structured_content


def through_the_api(address: str, asked: list[str]) -> list[Any]:
    """Ask the page's endpoint for programs."""
    client = PageClient(address, verbose=False, analytics_enabled=False, download_files=False)
    answers = [client.predict(question, api_name="/ask") for question in asked]
    client.close()
    return answers


async def through_the_tools(address: str, asked: list[str]) -> list[Any]:
    """Ask the tool; what it says in text is what it gives as a structure."""
    answers = []
    async with ToolClient(f"{address}mcp") as client:
        for question in asked:
            result: Any = await client.call_tool("ask", {"question": question})
            assert json.loads(result.content[0].text) == result.structured_content
            answers.append(result.structured_content)
    return answers


def on_the_command_line(question: str, index: Index) -> Any:
    """Ask as a person does in a shell."""
    arguments = ["ask", question, "--json", "--index", str(index.folder)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


class _Cards(HTMLParser):
    """Collects article, place and words of every card."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.cards: list[tuple[str, int, int, str]] = []
        self._reading = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "article":
            start, end = int(str(known["data-start"])), int(str(known["data-end"]))
            self.cards.append((str(known["data-article"]), start, end, ""))
        inside = self._reading and tag in {"strong", "b", "mark"}  # words that answer, or differ
        self._reading = inside or (tag == "span" and known.get("class") == "words")

    def handle_endtag(self, tag: str) -> None:
        self._reading = self._reading and tag != "span"

    def handle_data(self, data: str) -> None:
        if self._reading:
            *place, words = self.cards[-1]
            self.cards[-1] = (*place, words + data)  # type: ignore[assignment]


def on_the_page(question: str, index: Index) -> list[tuple[str, int, int, str]]:
    """Ask as the page does and read its cards, quotes or closest passages."""
    turn = answer_turn(Asked(question=question), (), index)
    return _Cards(str(turn.shown)).cards


def shown(answer: dict[str, Any]) -> list[tuple[str, int, int, str]]:
    """Return what the page has to show of an answer."""
    return [
        (quote["article"]["id"], quote["start"], quote["end"], quote["text"])
        for quote in answer["quotes"] or answer["closest"]
    ]
