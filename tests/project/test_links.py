"""What the project's own texts link to is there."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
_ELSEWHERE = {".venv", "build", "dist", "test-output"}
TEXTS = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not _ELSEWHERE & {*path.relative_to(ROOT).parts} and "node_modules" not in path.parts
)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(text: Path) -> None:
    links = _LINK.findall(text.read_text(encoding="utf-8"))
    assert [link for link in links if not (text.parent / link).exists()] == []
