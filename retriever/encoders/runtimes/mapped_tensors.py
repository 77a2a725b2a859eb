"""The tensors of a safetensors file, mapped: what is not used of them is not read.

Copying the 90 MB of the bundled encoder takes 46 ms of the first question, which reads a few rows
of its largest matrix. The format: https://github.com/huggingface/safetensors#format.
"""

import json
from pathlib import Path

import numpy as np

from retriever.records.arrays import AnyArray, FloatMatrix

_LENGTH = 8  # bytes that hold how long the header is


def map_float32_tensors(path: Path) -> dict[str, FloatMatrix]:
    """Return every tensor of 32-bit numbers by its name; the file never changes by them.

    The file must stay as it is while they are used.

    :raises OSError: when the file cannot be read.
    :raises SafetensorError: when it is not as the format has it.
    """
    from safetensors import safe_open  # noqa: PLC0415  # only an encoder needs it

    with safe_open(path, framework="np"):  # checks the header against the file
        pass
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_LENGTH), "little")
        header = json.loads(file.read(length))
    # Copied where it is written to ("c"), which nobody does: OpenVINO takes none that is read-only.
    content = np.asarray(np.memmap(path, mode="c", dtype=np.uint8))[_LENGTH + length :]
    return {
        name: _tensor(content[slice(*entry["data_offsets"])], entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }


def _tensor(content: AnyArray, shape: list[int]) -> FloatMatrix:
    numbers = content.view(np.dtype("<f4")).reshape(shape)
    # Headers may end anywhere, and what counts with numbers wants them at multiples of four.
    return np.require(numbers, dtype=np.float32, requirements="A")
