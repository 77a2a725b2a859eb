"""A cross-encoder in its place: what it prefers goes first, and nothing else changes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from retriever import EncoderError, Index, open_index
from tests.encoders.tiny_model import SPECIAL

pytestmark = pytest.mark.model


class PrefersLongest:
    """A real, simple reranker: the longer a passage, the better."""

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        """Return each length as a share of the longest."""
        assert question
        lengths = np.array([len(passage) for passage in passages], dtype=np.float32)
        share: NDArray[np.float32] = lengths / lengths.max()
        return share


def test_what_the_reranker_prefers_goes_first(seeds_index_folder: Path) -> None:
    plain = open_index(seeds_index_folder).search("Who supports Russia?", k=14)
    reranked = Index(seeds_index_folder, reranker=PrefersLongest()).search(
        "Who supports Russia?", k=14
    )
    assert {hit.passage.id for hit in plain} == {hit.passage.id for hit in reranked}
    scores = [hit.scores.reranked or 0.0 for hit in reranked]
    assert scores == sorted(scores, reverse=True)
    assert [hit.passage.id for hit in plain] != [hit.passage.id for hit in reranked]


def test_a_cross_encoder_is_loaded_from_a_folder(seeds_index_folder: Path, tmp_path: Path) -> None:
    index = open_index(seeds_index_folder, reranker=str(make_cross_encoder(tmp_path / "model")))
    answer = index.ask("Who did Andrey Rudenko meet in Beijing?")
    assert all(quote.article.text[quote.start : quote.end] == quote.text for quote in answer.quotes)
    assert len(index.search("mutiny", k=3)) == 3


def test_a_folder_without_a_model_is_one_clear_line(
    seeds_index_folder: Path, tmp_path: Path
) -> None:
    index = open_index(seeds_index_folder, reranker=str(tmp_path))
    with pytest.raises(EncoderError, match="cannot load the reranker"):
        index.search("mutiny")


def make_cross_encoder(folder: Path) -> Path:
    """Write a cross-encoder of two tiny layers with random weights."""
    import torch  # seconds, paid only by the tests that make a model
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    torch.manual_seed(0)
    letters = "abcdefghijklmnopqrstuvwxyz"
    pieces = [*SPECIAL, *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    BertTokenizer(vocab=vocabulary, model_max_length=64).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder
