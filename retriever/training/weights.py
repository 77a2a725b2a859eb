"""What ships of a trained reader: how its weights differ from the bundled encoder's, in 8 bits.

A difference is smaller than the weight itself, and so 8 bits hold it the more exactly. Matrices
are kept as one scale a row and a number from -127 to 127 for each weight; vectors as they are.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

from retriever.reader.weights import FORMAT, SCALE
from retriever.training.loop import take_weights
from retriever.training.network import BUNDLED, ReaderNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounded:
    """A matrix as 8-bit numbers, each row to be multiplied by its scale."""

    numbers: Tensor
    scales: Tensor

    @property
    def matrix(self) -> Tensor:
        """Return the matrix, as near as 8 bits hold it."""
        return self.numbers.float() * self.scales[:, None].float()


def rounded(matrix: Tensor) -> Rounded:
    """Return a matrix in 8 bits; no number is off by more than half its row's scale."""
    scales = (matrix.abs().amax(dim=1) / 127).clamp(min=1e-12)
    numbers = (matrix / scales[:, None]).round().clamp(-127, 127).to(torch.int8)
    return Rounded(numbers=numbers, scales=scales)


def write_weights(weights: dict[str, Tensor], untrained: ReaderNetwork, path: Path) -> None:
    """Write how ``weights`` differ from those of an untrained reader of the same encoder.

    The new layers have nothing to differ from and are written whole.
    """
    tensors: dict[str, Tensor] = {}
    began = dict(untrained.named_parameters())
    for name, value in ((name, value.detach().cpu()) for name, value in weights.items()):
        if not name.startswith("encoder."):
            tensors[name] = value.clone()
            continue
        difference = value - began[name].detach()
        if difference.dim() < 2:
            tensors[name] = difference
            continue
        kept = rounded(difference)
        tensors[name], tensors[name + SCALE] = kept.numbers, kept.scales
    partial = path.with_suffix(".partial")
    save_file(tensors, partial, metadata={"format": FORMAT, "encoder": bundled_hash()})
    partial.replace(path)


def read_weights(untrained: ReaderNetwork, path: Path) -> ReaderNetwork:
    """Add the difference in ``path`` to an untrained reader, and return that reader.

    Raises ``ValueError`` where the file was made for another encoder or in another way.
    """
    began = dict(untrained.named_parameters())
    weights: dict[str, Tensor] = {}
    with safe_open(path, framework="pt") as file:
        metadata = file.metadata() or {}
        if metadata.get("format") != FORMAT:
            raise ValueError(f"{path} is not a reader's difference in the form {FORMAT!r}.")
        if metadata.get("encoder") != bundled_hash():
            raise ValueError(f"{path} was made for another encoder than the bundled one.")
        names = set(file.keys())
        for name in sorted(names):
            if name.endswith(SCALE):
                continue
            value = file.get_tensor(name)
            if name + SCALE in names:
                value = Rounded(numbers=value, scales=file.get_tensor(name + SCALE)).matrix
            whole = not name.startswith("encoder.")
            weights[name] = value if whole else value + began[name].detach()
    take_weights(untrained, weights)
    return untrained


def mean_weights(learned: dict[str, Tensor], other: ReaderNetwork) -> dict[str, Tensor]:
    """Return the mean of learned weights and those of another reader, each by its name.

    It reads better than either where one run went on from the other ("model soups", Wortsman et
    al. 2022, arXiv:2203.05482), and worse where the two began apart.
    """
    others = dict(other.named_parameters())
    return {
        name: (value + others[name].detach().to(value.device)) / 2
        for name, value in learned.items()
    }


def bundled_hash() -> str:
    """Return the SHA-256 of the bundled encoder's weights."""
    with (BUNDLED / "model.safetensors").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
