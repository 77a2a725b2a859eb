"""Addresses of indexes in Milvus, and what is told where its client is not installed."""

import sys
from pathlib import Path

import pytest

from retriever import Index, SettingsError, open_index
from retriever.errors import IndexUnusableError
from retriever.index.location import FolderLocation, locate
from retriever.index.milvus import connection
from retriever.index.milvus.address import is_milvus, parse_address


def test_an_address_names_server_index_and_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found = parse_address("milvus://db.example:19531/news")
    assert (found.uri, found.name) == ("http://db.example:19531", "news")
    assert found.folder == tmp_path / "quotidian" / "db.example_19531_news"
    assert (found.shards, found.replicas, found.is_embedded) == (1, 1, False)
    named = parse_address("milvus+tls://db/news?folder=/shared/news&replicas=2&shards=4")
    assert (named.uri, named.folder) == ("https://db:19530", Path("/shared/news"))
    assert (named.shards, named.replicas) == (4, 2)
    assert named.written == "milvus+tls://db:19530/news?folder=/shared/news"
    lite = parse_address("milvus+lite:///data/here/news")
    assert (lite.uri, lite.name, lite.is_embedded) == ("/data/here/milvus.db", "news", True)
    assert parse_address("milvus://[::1]:19530/news").uri == "http://[::1]:19530"


@pytest.mark.parametrize("written", ["milvus://db:19530/news", "milvus+lite:///data/here/news"])
def test_an_address_that_went_through_a_path_is_the_same(written: str) -> None:
    assert parse_address(Path(written)) == parse_address(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("milvus://db:19530/", "'' is no name for an index"),
        ("milvus://db:19530/my-news", "'my-news' is no name"),
        ("milvus://db:19530", "'db:19530' is no name"),
        ("milvus://token@db:19530/news", "is no address of an index; write milvus://HOST:PORT"),
        ("milvus://db:port/news", "is no address of an index"),
        ("milvus://db/news?token=secret", "'token' in .* is unknown; there are folder"),
        ("milvus://db/news?replicas=0", "replicas=0 must be a number from 1 to"),
        ("milvus://db/news?shards=many", "shards=many must be a number"),
    ],
)
def test_what_is_no_address_is_refused(written: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        locate(written)


def test_a_folder_is_no_address(tmp_path: Path) -> None:
    for name in (".quotidian", "milvus", "/data/milvus:/x", tmp_path / "milvus"):
        assert not is_milvus(name)
        assert isinstance(locate(name), FolderLocation)


def test_without_its_client_the_command_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    monkeypatch.delitem(sys.modules, "retriever.index.milvus.client", raising=False)
    address = f"milvus://127.0.0.1:1/news?folder={tmp_path}"
    with pytest.raises(SettingsError, match=r"pip install 'quotidian\[milvus\]'"):
        open_index(address, reader="none")
    with pytest.raises(SettingsError, match="pip install"):
        Index(address)


def test_a_server_that_is_too_old_is_refused() -> None:
    address = parse_address("milvus://db/news")
    for version in ("v2.3.5-lite", "2.3.0", "v2.6.4", "v3.0.1", "milvus_lite-3.2.2", "unknown"):
        connection._require_version(version, address)
    for version in ("v2.2.16", "2.1.4", "v1.1.1"):
        with pytest.raises(IndexUnusableError, match=r"this program needs 2\.3 or later"):
            connection._require_version(version, address)
