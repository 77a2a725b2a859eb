"""The tests of retrieval, on an index whose vectors are in Milvus."""

import json

import pytest

from retriever import Index, build, open_index
from tests.milvus.conftest import NewAddress
from tests.ranking import test_retrieval

pytestmark = pytest.mark.model

# All but one, which takes away the file that names the generation in use: here that is an alias.
globals().update(
    {
        name: test
        for name, test in vars(test_retrieval).items()
        if name.startswith("test_") and name != "test_an_index_that_vanishes_keeps_answering"
    }
)


@pytest.fixture(scope="module")
def index(new_address: NewAddress, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Return an index of the articles that those tests ask."""
    folder = tmp_path_factory.mktemp("dated")
    lines = (
        json.dumps({"author": None, "url": None} | article) for article in test_retrieval.ARTICLES
    )
    (folder / "corpus.jsonl").write_text("\n".join(lines))
    address = new_address()
    build(folder / "corpus.jsonl", index=address)
    return open_index(address)
