"""What tests of several parts share: the encoder without weights, and the index of ``seeds/``.

A test that uses ``seeds_index_folder`` or ``seeds_index`` loads the real encoder and carries the
marker ``model``.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from retriever import Index, build, open_index
from tests.encoders.tiny_model import make_model
from tests.hashing_encoder import HashingEncoder
from tests.workers import pytest_collection_modifyitems, pytest_runtest_protocol

__all__ = ["pytest_collection_modifyitems", "pytest_runtest_protocol"]  # hooks, which pytest calls

ROOT = Path(__file__).parent.parent

# Builds sign what they made with a key of the account's: tests have one of their own, which the
# processes that they start share.
if "XDG_STATE_HOME" not in os.environ:
    os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="quotidian-state-")
    atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)

# How long one example takes says more about who else uses the machine than about the code. In CI
# the examples of a test are the same until it changes, as in Hypothesis' own profile for CI.
settings.register_profile("quotidian", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("quotidian")


@pytest.fixture
def hashing_encoder() -> HashingEncoder:
    """Return a tiny encoder, new for each test, with a short window."""
    return HashingEncoder()


@pytest.fixture(scope="session")
def seeds_index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an index of ``seeds/``; read-only by agreement."""
    folder = tmp_path_factory.mktemp("seeds-index")
    build(ROOT / "seeds", index=folder)
    return folder


@pytest.fixture(scope="session")
def seeds_index(seeds_index_folder: Path) -> Index:
    """Return the opened index of ``seeds/``."""
    return open_index(seeds_index_folder)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a sentence-transformers model small enough to make here."""
    return make_model(tmp_path_factory.mktemp("tiny-model"))
