"""What follows a network in NumPy: the vectors of its tokens become that of the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retriever.encoders.layout import FIRST, MEAN, ModelModule, pooling_mode, setting
from retriever.records.arrays import FloatMatrix, FloatVector

TANH = "Tanh"
ACTIVATIONS = ("Identity", TANH)


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseLayer:
    """A linear layer, and Tanh after it or nothing."""

    weight: FloatMatrix
    bias: FloatVector
    tanh: bool

    def apply(self, vectors: FloatMatrix) -> FloatMatrix:
        """Return what the layer makes of vectors, a row each."""
        result: FloatMatrix = vectors @ self.weight.T + self.bias
        return np.tanh(result) if self.tanh else result


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolingHead:
    """The mean of the tokens or the first of them, then any dense layers.

    Without ``include_prompt``, tokens of the prompt, [CLS] with them, do not count.
    """

    mode: str = MEAN
    include_prompt: bool = True
    dense: tuple[DenseLayer, ...] = ()

    def pool(self, tokens: FloatMatrix, *, prompt: int) -> FloatVector:
        """Return the vector of a text, of whose tokens the first ``prompt`` are the prompt's."""
        counted = tokens if self.include_prompt else tokens[prompt:]
        vector: FloatVector = counted[0] if self.mode == FIRST else counted.mean(axis=0)
        return vector

    def after_pooling(self, pooled: FloatMatrix) -> FloatMatrix:
        """Return what the dense layers make of pooled vectors, a row each."""
        for layer in self.dense:
            pooled = layer.apply(pooled)
        return pooled


def load_pooling_head(modules: Sequence[ModelModule]) -> PoolingHead | None:
    """Return what ``modules`` do after the network; ``None`` where that is of another kind.

    :raises OSError, KeyError, SafetensorError: when a dense layer's weights cannot be read.
    """
    kinds = [module.kind for module in modules]
    if kinds[-1:] == ["Normalize"]:
        kinds.pop()  # every vector is brought to unit length anyhow
    if kinds[:1] != ["Pooling"] or set(kinds[1:]) - {"Dense"}:
        return None
    mode, folder = pooling_mode(modules[0].folder), modules[0].folder
    dense = [_load_dense(module.folder) for module in modules[1 : len(kinds)]]
    if mode not in {MEAN, FIRST} or None in dense:
        return None
    stated = setting(folder / "config.json", "include_prompt", bool)
    return PoolingHead(
        mode=mode,
        include_prompt=stated is not False,
        dense=tuple(layer for layer in dense if layer is not None),
    )


def _load_dense(folder: Path) -> DenseLayer | None:
    from safetensors.numpy import load_file  # noqa: PLC0415  # only an encoder needs it

    path = folder / "config.json"
    activation = (setting(path, "activation_function", str) or TANH).rpartition(".")[2]
    reads = setting(path, "module_input_name", str) or "sentence_embedding"
    makes = setting(path, "module_output_name", str) or reads
    shaped = {reads, makes} == {"sentence_embedding"} and not setting(path, "use_residual", bool)
    if activation not in ACTIVATIONS or not shaped:
        return None
    weights = load_file(folder / "model.safetensors")
    weight = weights["linear.weight"]
    bias = weights.get("linear.bias", np.zeros(len(weight), dtype=np.float32))
    return DenseLayer(weight=weight, bias=bias, tanh=activation == TANH)
