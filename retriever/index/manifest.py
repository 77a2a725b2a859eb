"""The manifest: what a generation is made of, and how to tell that it is whole."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from retriever.errors import IndexDamagedError, IndexStaleError

MANIFEST = "manifest.json"
# Raised whenever a file of a generation changes its meaning.
FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What one generation holds and what it was made with.

    ``reading`` and ``splitting`` are the versions of the rules that turn files into articles and
    articles into passages; ``encoder`` is the name it was loaded by and ``fingerprint`` the hash
    of its weights, tokenizer and pooling. ``files`` maps each other file of the generation to the
    SHA-256 of its content. ``built`` is UTC, ISO 8601.
    """

    format: int
    generation: int
    built: str
    corpus: str
    encoder: str
    fingerprint: str
    reading: int
    splitting: int
    articles: int
    passages: int
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Write the manifest into ``folder``."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the generation in ``folder``.

    :raises IndexDamagedError: when it is missing or malformed.
    :raises IndexStaleError: when it was written by another version of the index format.
    """
    path = folder / MANIFEST
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        written = record["format"]
        if written == FORMAT:
            return Manifest(**record)
    except (OSError, ValueError, TypeError, KeyError) as error:
        message = f"{path} is missing or malformed; rebuild it with: quotidian build --full"
        raise IndexDamagedError(message) from error
    message = (
        f"the index in {folder} has format {written}, this program reads {FORMAT}; "
        "rebuild it with: quotidian build --full"
    )
    raise IndexStaleError(message)


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file below ``folder`` but the manifest, by relative path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file of a generation with its checksum.

    :raises IndexDamagedError: naming the first file that is missing, surplus or altered.
    """
    found = checksums(folder)
    for name in sorted(manifest.files.keys() | found.keys()):
        if manifest.files.get(name) != found.get(name):
            message = (
                f"{folder / name} is missing or was altered since it was built; "
                "rebuild it with: quotidian build --full"
            )
            raise IndexDamagedError(message)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
