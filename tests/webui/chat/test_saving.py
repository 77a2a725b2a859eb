"""A conversation leaves the page in every format that there is."""

import json

import pytest

from retriever import EXPORT_FORMATS, Index
from tests.webui.corpora import QUESTION, QUOTED
from webui.chat.conversation import Conversation, converse, export_conversation
from webui.chat.question import Asked
from webui.render import masthead
from webui.wording import NOTHING_TO_SAVE


@pytest.fixture
def talk(library: Index) -> Conversation:
    """Return a conversation of one question and its answer."""
    *_, answered = converse(Asked(question=QUESTION), (), library)
    return answered


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_the_page_offers_every_format_and_saves_it(
    name: str, talk: Conversation, library: Index
) -> None:
    kind = EXPORT_FORMATS[name]
    assert f'data-export="{name}">{kind.label}</button>' in masthead(accounts=False)
    file = json.loads(export_conversation(talk, name, library))
    assert (file["name"], file["type"]) == (f"quotidian.{kind.ending}", kind.media_type)
    assert "China supports Russia" in QUOTED
    assert "China supports Russia" in file["text"]


def test_what_cannot_be_saved_is_told(talk: Conversation, library: Index) -> None:
    assert json.loads(export_conversation((), "json", library)) == {"problem": NOTHING_TO_SAVE}
    refused = json.loads(export_conversation(talk, "ris", library))
    assert "no export format" in refused["problem"]
