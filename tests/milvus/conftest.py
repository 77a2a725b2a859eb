"""Engines to test with: milvus-lite in this process, and the real server, where they are installed.

Neither is among what ``make test`` installs (see README.md): without them, nothing is collected.
"""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from uuid import uuid4

import pytest

from retriever.index.milvus.address import parse_address
from retriever.index.milvus.connection import connection_to
from tests.index.conftest import corpus
from tests.milvus.server import MilvusServer, can_start

ENGINES = [
    *(["lite"] if find_spec("milvus_lite") else []),
    *(["server"] if can_start() else []),
]
if not find_spec("pymilvus"):
    collect_ignore_glob = ["test_*.py"]

NewAddress = Callable[[], str]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusServer]:
    """Start the real server, once for all tests."""
    if not can_start():
        pytest.skip("needs the package milvus, and no network but loopback: make test-milvus")
    started = MilvusServer(tmp_path_factory.mktemp("milvus") / "data")
    started.start()
    yield started
    started.kill()


@pytest.fixture(scope="module", params=ENGINES)
def new_address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> NewAddress:
    """Return what gives the address of an index that nobody has used."""
    folder = tmp_path_factory.mktemp("addresses")
    started = request.getfixturevalue("server") if request.param == "server" else None

    def address() -> str:
        name = f"test_{uuid4().hex[:12]}"
        place = started.address(name) if started else f"milvus+lite://{folder}/{name}"
        return f"{place}?folder={folder / name}"

    return address


@pytest.fixture
def address(new_address: NewAddress) -> Iterator[str]:
    """Return an address of its own for each test; its collections are thrown away."""
    written = new_address()
    yield written
    parsed = parse_address(written)
    connection = connection_to(parsed)
    for name in connection.names():
        if name.startswith(f"{parsed.name}_"):
            connection.drop(name)


__all__ = ["address", "corpus", "new_address", "server"]
