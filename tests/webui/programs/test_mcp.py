"""The tools: what other programs are told of them, and what they return."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from mcp import Client

from retriever import Filters
from tests.loops import in_a_loop
from tests.webui.corpora import CARRIED, FOLLOW_UP, HISTORY, QUESTION
from webui.programs.drafts import DRAFT_NAMES
from webui.programs.mcp import COUNTING_NAMES, NAMES, tools_over


def with_tools(library: Any, doing: Callable[[Client], Any]) -> Any:
    """Do something with a client of the tools over a library."""

    async def run() -> Any:
        async with Client(tools_over(library)) as client:
            return await doing(client)

    return in_a_loop(run)


def call(library: Any, name: str, **arguments: Any) -> Any:
    """Call a tool and return its result."""
    return with_tools(library, lambda client: client.call_tool(name, arguments))


def test_every_tool_says_what_it_takes_and_gives(library: Any) -> None:
    listed = with_tools(library, lambda client: client.list_tools()).tools
    assert {tool.name for tool in listed} == {*NAMES, *COUNTING_NAMES, *DRAFT_NAMES}
    for tool in listed:
        assert "Args:" in tool.description
        assert tool.input_schema["properties"]
        assert tool.output_schema["type"] == "object"


def test_a_tool_returns_exactly_the_answer_as_text_and_as_a_structure(library: Any) -> None:
    told = {"question": FOLLOW_UP, "history": HISTORY}
    result = call(library, "ask", **told, filters={"after": "2023"})
    expected = library.ask(FOLLOW_UP, history=HISTORY, filters=Filters(after="2023")).to_dict()
    assert expected["quotes"]
    assert result.structured_content == expected
    assert json.loads(result.content[0].text) == result.structured_content
    back = call(library, "ask", **told, without=["said", CARRIED])
    assert back.structured_content["carried"] == []


def test_search_article_and_verify_return_what_the_library_gives(library: Any) -> None:
    hits = call(library, "search", question="Ding", k=1).structured_content["hits"]
    assert hits == [library.search("Ding", k=1)[0].to_dict()]
    article = call(library, "article", article_id="b.txt").structured_content
    assert article["text"] == library.article("b.txt").text
    assert article == library.article_with_cluster("b.txt")
    answer = library.ask(QUESTION).to_dict()
    assert call(library, "verify", answer=answer).structured_content["holds"] is True
    answer["quotes"][0]["text"] = "forged"
    assert call(library, "verify", answer=answer).structured_content["holds"] is False


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("article", {"article_id": "gone"}, "no article with the id 'gone'"),
        ("ask", {"question": "x" * 4_001}, "the question has 4,001 characters"),
        ("ask", {"question": "x", "filters": {"colour": "red"}}, "is no filter"),
        ("verify", {"answer": {}}, "it has no quotes list"),
    ],
)
def test_an_error_is_told_in_one_line(
    library: Any, name: str, arguments: dict[str, Any], said: str
) -> None:
    result = call(library, name, **arguments)
    assert result.is_error
    assert said in result.content[0].text
    assert "\n" not in result.content[0].text
