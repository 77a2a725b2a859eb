"""A BERT encoder as its folder holds it: the weights of the network, and what follows it.

The network is that of Devlin et al. 2019 (arXiv:1810.04805). Torch is not needed to read it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retriever.encoders.layout import ModelModule, document_modules
from retriever.encoders.runtimes.mapped_tensors import map_float32_tensors
from retriever.encoders.runtimes.numpy_pooling import PoolingHead, load_pooling_head
from retriever.errors import EncoderError
from retriever.records.arrays import FloatMatrix

Weights = dict[str, FloatMatrix]


@dataclass(frozen=True, slots=True, kw_only=True)
class BertWeights:
    """A network: its weights, by the names that transformers gives them, and its shape."""

    weights: Weights
    layers: int
    heads: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BertModel:
    """A network, and what makes a text's vector of those of its tokens."""

    network: BertWeights
    head: PoolingHead


def read_bert(folder: Path) -> BertModel | None:
    """Return the model in ``folder``; ``None`` when it is of another kind or cannot be read.

    The library then reads it, or says what is wrong with it.
    """
    from safetensors import SafetensorError  # noqa: PLC0415  # only an encoder needs it

    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        modules = document_modules(folder)
        head = load_pooling_head(modules[1:]) if _is_known(folder, modules, config) else None
        return BertModel(network=read_weights(folder, config), head=head) if head else None
    except (OSError, ValueError, TypeError, KeyError, SafetensorError, EncoderError):
        return None


def read_weights(folder: Path, config: dict[str, Any]) -> BertWeights:
    """Return the network in ``folder`` as ``config`` shapes it.

    :raises OSError, ValueError, TypeError, KeyError, SafetensorError: when a file cannot be used.
    """
    read = map_float32_tensors(folder / "model.safetensors")
    return BertWeights(
        weights={name.removeprefix("bert."): value for name, value in read.items()},
        layers=int(config["num_hidden_layers"]),
        heads=int(config["num_attention_heads"]),
        epsilon=float(config["layer_norm_eps"]),
    )


def _is_known(folder: Path, modules: Sequence[ModelModule], config: dict[str, Any]) -> bool:
    """Tell whether the first module is the network that is here, and questions go through it."""
    return (
        modules[:1] == (ModelModule(kind="Transformer", folder=folder),)
        and config["model_type"] == "bert"
        and config["hidden_act"] == "gelu"
        and config.get("position_embedding_type", "absolute") == "absolute"
    )
