"""The small corpus and its index, as the tests of the index on disk have them."""

from tests.index.conftest import built, corpus, index

__all__ = ["built", "corpus", "index"]
