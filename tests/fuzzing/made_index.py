"""A small index to ask and to alter, made once for a process; the encoder needs no weights."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from retriever import Index, open_index
from retriever.settings import BUNDLED_ENCODER
from tests.building import BRIDGE, HARBOUR, LONG, build_with, write_articles
from tests.hashing_encoder import HashingEncoder

QUESTIONS = ("Who said that nobody was hurt?", "When did the bridge open?", "What are they about?")
_RECORDS = (
    {"id": "harbour", "text": HARBOUR, "title": "Storm closes harbour", "author": "Jane Doe"},
    {"id": "bridge", "text": BRIDGE, "publisher": "The Example", "published": "2023-06-25"},
    {"id": "long", "text": LONG, "language": "en", "url": "https://news.example/long"},
)


@cache
def made_index() -> Path:
    """Return the folder of an index that this process may alter; it is gone with the process."""
    folder = Path(tempfile.mkdtemp(prefix="quotidian-fuzzing-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    write_articles(folder / "corpus" / "a.jsonl", _RECORDS)
    (folder / "corpus" / "b.txt").write_text(
        "Whale\n\nA whale was seen off Ostby.[1]\n\n[1] Radio."
    )
    build_with(HashingEncoder(), folder / "corpus", folder / "index", name=BUNDLED_ENCODER)
    return folder / "index"


def opened_index(folder: Path) -> Index:
    """Open an index that this encoder made, without a reader."""
    return open_index(folder, reader="none", load=lambda _: HashingEncoder())


@cache
def index_to_ask() -> Index:
    """Return the index, open."""
    return opened_index(made_index())
