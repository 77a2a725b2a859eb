"""A conversation leaves the page in every format that there is."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from webui.programs.saving import exported

from retriever import EXPORT_FORMATS, Quote
from tests.makers import make_article
from webui.render import masthead
from webui.wording import NOTHING_TO_SAVE

NO_INDEX: Any = SimpleNamespace(article=None)
ANSWER: dict[str, object] = {
    "question": "Who?",
    "quotes": [Quote(article=make_article("Anne said so."), start=0, end=13, score=1.0).to_dict()],
}


@pytest.mark.parametrize("name", EXPORT_FORMATS)
def test_the_page_offers_every_format_and_saves_it(name: str) -> None:
    kind = EXPORT_FORMATS[name]
    assert f'data-export="{name}">{kind.label}</button>' in masthead(accounts=False)
    file = json.loads(exported([ANSWER], name, NO_INDEX))
    assert (file["name"], file["type"]) == (f"quotidian.{kind.ending}", kind.media_type)
    assert "Anne said so." in file["text"]


def test_what_cannot_be_saved_is_told() -> None:
    assert json.loads(exported([], "json", NO_INDEX)) == {"problem": NOTHING_TO_SAVE}
    assert "no export format" in json.loads(exported([ANSWER], "ris", NO_INDEX))["problem"]
