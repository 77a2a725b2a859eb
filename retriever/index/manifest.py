"""The manifest: what a generation is made of, and how to tell that it is whole."""

import errno
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from retriever.encoders.profiles import BUNDLED_PROFILE, EncoderProfile
from retriever.errors import IndexDamagedError, IndexStaleError

MANIFEST = "manifest.json"
# Raised whenever a file of a generation changes its meaning.
FORMAT = 8
# Bytes of a file that is compared whole whenever an index is opened: the files of 10,000 passages
# are smaller. Of larger ones, which are 6 GB for 1,000,000, so many parts are, evenly spread from
# the first byte to the last: enough to tell another file, or one that was cut.
LARGE = 32 << 20
_PARTS, _PART = 64, 1 << 16
# Characters; a manifest has about 1,500.
_LARGEST = 1_000_000


HIGHEST_FLOOR = 10.0  # support reaches 3.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Where refusing begins in this corpus, and what it costs on questions made from it.

    ``floor`` is on the scale of ``retriever.answer.abstention.support_of``. ``answered_wrongly`` is
    the share of unanswerable questions that it answers, ``refused_wrongly`` that of answerable
    ones that it refuses, both of ``questions`` made from the corpus, without a reader; 0 when it
    was too small.
    ``profile`` says what the encoder's cosines mean, ``None`` if that is not known.
    """

    floor: float
    answered_wrongly: float
    refused_wrongly: float
    questions: int
    profile: EncoderProfile | None = None

    def __post_init__(self) -> None:
        """Refuse a floor that no support can be compared with; a file may state any."""
        if not abs(self.floor) <= HIGHEST_FLOOR:
            raise ValueError(f"a floor of {self.floor} refuses all or nothing")


# What stands until an index is calibrated, and in one that never is.
UNCALIBRATED = Calibration(floor=1.6, answered_wrongly=0.0, refused_wrongly=0.0, questions=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What one generation holds and what it was made with.

    ``reading``, ``splitting``, ``words`` and ``clustering`` are the versions of the rules that turn
    files into articles, articles into passages and passages into index terms, and that find
    reprints; ``encoder`` is the name it was loaded by and ``fingerprint`` the hash of its numerics
    and its files. ``files`` maps each other file of the generation to the SHA-256 of its content.
    ``built`` is UTC, ISO 8601.
    ``redone`` says why a build did more than the changed files ask for: it maps what was done anew
    (``everything``, ``reading``, ``splitting``, ``encoding``, ``words``, ``clustering``) to the
    reason.
    ``calibration`` says when to refuse. ``shard`` says which part of an index it is (``2/8``), and
    ``parts`` of which parts it was merged: the checksum of each one's manifest, by shard.
    ``signature`` is that of :mod:`retriever.index.ownership`, for ``corpus``.
    """

    format: int
    generation: int
    built: str
    corpus: str
    encoder: str
    fingerprint: str
    reading: int
    splitting: str
    words: str
    clustering: str
    articles: int
    passages: int
    redone: dict[str, str]
    files: dict[str, str]
    calibration: Calibration
    shard: str = ""
    parts: dict[str, str] = field(default_factory=dict)
    signature: str = ""

    @property
    def profile(self) -> EncoderProfile:
        """What the cosines of the encoder mean, as far as that is known."""
        return self.calibration.profile or BUNDLED_PROFILE

    def write(self, folder: Path) -> None:
        """Write the manifest into ``folder``, with a checksum of its own as the last entry."""
        (folder / MANIFEST).write_text(_rendered_manifest(asdict(self)), encoding="utf-8")


def read_start(path: Path, most: int) -> str:
    """Return the first ``most`` bytes of a file, of a file only: a pipe would be waited for.

    :raises OSError: when it cannot be read.
    :raises UnicodeDecodeError: when it is no UTF-8.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "is no file", str(path))
    with path.open("rb") as file:
        return file.read(most).decode("utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of the generation in ``folder``.

    :raises IndexDamagedError: when it is missing, malformed or altered.
    :raises IndexStaleError: when it was written by another version of the index format.
    """
    path = folder / MANIFEST
    try:
        text = read_start(path, _LARGEST)  # cut there, what claims to be larger is no JSON
        record = json.loads(text)
        written = record["format"]
        if written == FORMAT:
            return _parsed_manifest(record, text)
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise IndexDamagedError(f"{path} is missing or malformed") from error
    raise IndexStaleError(
        f"the index in {folder} has format {str(written)[:20]}, this program reads {FORMAT}; "
        "rebuild it with: quotidian build --full"
    )


def checksums(folder: Path, *, thorough: bool = True) -> dict[str, str]:
    """Return the SHA-256 of every file below ``folder`` but the manifest, by relative path.

    That of a file above :data:`LARGE` has behind it, after a slash, that of parts of the file; with
    ``thorough`` unset, it is of these alone.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {
        path.relative_to(folder).as_posix(): _checksum(path, thorough=thorough) for path in files
    }


def check_files(folder: Path, manifest: Manifest, *, thorough: bool = True) -> None:
    """Compare every file of a generation with its checksum, large ones in parts of them.

    All of them is compared if ``thorough``, as builds and ``doctor`` do.

    :raises IndexDamagedError: naming the first file that is missing, surplus or altered.
    """
    try:
        found = checksums(folder, thorough=thorough)
    except OSError as error:
        message = f"{error.filename or folder} cannot be read: {error.strerror}"
        raise IndexDamagedError(message) from error
    for name in sorted(manifest.files.keys() | found.keys()):
        known = manifest.files.get(name, "")
        if name not in found or found[name] != (known if thorough else known[-len(found[name]) :]):
            raise IndexDamagedError(f"{folder / name} is missing or was altered since it was built")


def _parsed_manifest(record: dict[str, Any], text: str) -> Manifest:
    """Return the manifest of a record that is, to the letter, what was written."""
    del record["sha256"]
    if _rendered_manifest(record) != text:
        raise ValueError("the manifest was altered")
    return msgspec.convert(record, Manifest)


def _rendered_manifest(record: dict[str, Any]) -> str:
    content = json.dumps(record, ensure_ascii=False)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return json.dumps({**record, "sha256": digest}, indent=2, ensure_ascii=False) + "\n"


def _checksum(path: Path, *, thorough: bool) -> str:
    size = path.stat().st_size
    with path.open("rb") as file:
        if size <= LARGE:
            return hashlib.file_digest(file, "sha256").hexdigest()
        whole = f"{hashlib.file_digest(file, 'sha256').hexdigest()}" if thorough else ""
        parts = hashlib.sha256(str(size).encode())
        for number in range(_PARTS):
            file.seek((size - _PART) * number // (_PARTS - 1))
            parts.update(file.read(_PART))
        return f"{whole}/{parts.hexdigest()}"
