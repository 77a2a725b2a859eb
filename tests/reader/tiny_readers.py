"""Readers of two tiny layers with random weights, as other programs save them."""

from pathlib import Path
from typing import TYPE_CHECKING

from tests.encoders.tiny_model import SPECIAL

if TYPE_CHECKING:
    from transformers import BertConfig


def make_cross_encoder(folder: Path) -> Path:
    """Write a cross-encoder."""
    from transformers import BertForSequenceClassification

    config = _config(folder)
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def make_question_answering(folder: Path) -> Path:
    """Write an extractive question-answering model."""
    from transformers import BertForQuestionAnswering

    BertForQuestionAnswering(_config(folder)).save_pretrained(folder)
    return folder


def make_distilled(folder: Path) -> Path:
    """Write one of another kind, which takes no kinds of tokens."""
    from transformers import DistilBertConfig, DistilBertForQuestionAnswering

    common = _config(folder)
    config = DistilBertConfig(
        vocab_size=common.vocab_size,
        dim=16,
        n_layers=2,
        n_heads=2,
        hidden_dim=32,
        max_position_embeddings=64,
    )
    DistilBertForQuestionAnswering(config).save_pretrained(folder)
    return folder


def _config(folder: Path) -> "BertConfig":
    """Write a tokenizer of letters, and return what a tiny network for it has."""
    import torch  # seconds, paid only by the tests that make a model
    from transformers import BertConfig, BertTokenizer

    torch.manual_seed(0)
    letters = "abcdefghijklmnopqrstuvwxyz"
    pieces = [*SPECIAL, *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    BertTokenizer(vocab=vocabulary, model_max_length=64).save_pretrained(folder)
    return BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
