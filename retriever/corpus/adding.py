"""Putting files into a corpus: nothing twice, and nothing in another's place unless it is asked."""

import hashlib
import os
import re
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from retriever.corpus.formats.archives.expanding import COMPRESSED
from retriever.corpus.formats.endings import FORMATS, is_read, readable_endings
from retriever.corpus.source import SIDECAR
from retriever.errors import CorpusError, SettingsError

_LONGEST_NAME = 120  # bytes
_HARMFUL = re.compile(r'[/\\<>:"|?*]')
_BESIDE = ".adding"  # a file that is being copied; hidden, so that no build reads half of it

_ADDING = Lock()

NOT_A_FOLDER = "The corpus is a single file; add to that file and rebuild."
UNUSABLE_NAME = "{name} is no name that a file can have here; rename it and add it again."

NEW_METADATA = "{name} would change what is known of {article}; replace to have it so."


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFiles:
    """What came of files that were added, by their names in the corpus.

    ``added`` are new, ``replaced`` went into the place of a file of that name. ``beside`` are those
    whose name was taken by a file with other content: both are kept. ``present`` are those whose
    bytes the corpus holds already, by the path of the file that holds them; nothing was added.
    ``refused`` are of no kind that is read, by the names they came with; nothing was added either.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """Return it as JSON holds it."""
        return {
            "added": list(self.added),
            "replaced": list(self.replaced),
            "beside": list(self.beside),
            "present": list(self.present),
            "refused": list(self.refused),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AddableEndings:
    """How the names of files end that can be added, in lower case.

    ``plain`` are those of files that are read as they are, ``compressed`` what may stand behind
    one of these; ``examples`` names one of each format, to show to a person.
    """

    plain: tuple[str, ...]
    compressed: tuple[str, ...]
    examples: str


def addable_endings() -> AddableEndings:
    """Return the endings that the readers of the corpus know, and that of sidecars."""
    plain = (*readable_endings(), SIDECAR)
    return AddableEndings(plain=plain, compressed=COMPRESSED, examples=FORMATS)


def add_to_corpus(
    corpus: Path, files: Sequence[tuple[str, Path]], *, replace: bool = False
) -> AddedFiles:
    """Copy files, each by the name that it shall have, into the folder of a corpus.

    One of no kind that is read is refused, whatever it holds. One whose bytes a file of the corpus
    has already is passed over. One whose name is taken gets a
    number added, ``story-2.txt``, or goes into that file's place with ``replace``. Threads and
    processes may add at once.

    :raises SettingsError: if the corpus is not a folder, a name is none for a file, or a sidecar
        belongs to an article that is there already and nothing may be replaced.
    :raises CorpusError: if a file cannot be read, or the corpus not be written.
    """
    if not corpus.is_dir():
        raise SettingsError(NOT_A_FOLDER)
    came: defaultdict[str, list[str]] = defaultdict(list)
    named = []
    for name, source in files:
        if (safe := file_name(name)).endswith(SIDECAR) or is_read(safe):
            named.append((safe, source))
        else:
            came["refused"].append(safe)
    try:
        # Two who add the same bytes at once would both find them missing.
        with _ADDING:
            if not replace:
                _refuse_new_metadata(corpus, [name for name, _ in named])
            held = _files_by_size(corpus, {source.stat().st_size for _, source in named})
            for name, source in named:
                _add_one(corpus, name, source, held, came, replace=replace)
    except OSError as error:
        what = error.filename or corpus
        raise CorpusError(f"cannot add files: {error.strerror}: {what}; see to it") from error
    return AddedFiles(**{kind: tuple(names) for kind, names in came.items()})


def _refuse_new_metadata(corpus: Path, names: Sequence[str]) -> None:
    """Refuse a sidecar of an article that is there: it would say anew who wrote it, and when.

    :raises SettingsError: naming it.
    """
    for name in names:
        article = name.removesuffix(SIDECAR)
        if article != name and _is_taken(corpus / article):
            raise SettingsError(NEW_METADATA.format(name=name, article=article))


def _add_one(
    corpus: Path,
    name: str,
    source: Path,
    held: dict[int, list[Path]],
    came: Mapping[str, list[str]],
    *,
    replace: bool,
) -> None:
    size = source.stat().st_size
    same = _with_the_bytes_of(source, held.get(size, ()))
    if same is not None:
        came["present"].append(same.relative_to(corpus).as_posix())
        return
    wanted = corpus / name
    if replace and wanted.is_file():
        place, kind = wanted, "replaced"
    else:
        place = _claimed(wanted)
        kind = "added" if place == wanted else "beside"
    _put(source, place, new=kind != "replaced")
    held[size] = [*held.get(size, ()), place]
    came[kind].append(place.name)


def _claimed(path: Path) -> Path:
    """Return the path, or the first beside it with a number that nothing has; an empty file has it.

    Another process that adds the same name gets another one.
    """
    number, tried = 1, path
    while True:
        try:
            tried.touch(exist_ok=False)
        except FileExistsError:
            number += 1
            tried = path.with_stem(f"{path.stem}-{number}")
        else:
            return tried


def _put(source: Path, place: Path, *, new: bool) -> None:
    """Copy a file beside its place, then into it at once; where that fails, nothing is there."""
    half = place.with_name(f"{_BESIDE}-{os.getpid()}")
    try:
        shutil.copyfile(source, half)
        half.replace(place)
    except BaseException:
        half.unlink(missing_ok=True)
        if new:
            place.unlink(missing_ok=True)
        raise


def file_name(name: str) -> str:
    """Return a name that is safe for a file in a folder, as near to the one given as can be.

    :raises SettingsError: if nothing of it is left.
    """
    plain = "".join(
        char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char)[0] != "C"
    )
    plain = " ".join(_HARMFUL.sub("_", Path(plain).name).split()).strip(" .")
    stem, ending = Path(plain).stem, Path(plain).suffix
    if not stem or len(ending) > 12:
        raise SettingsError(UNUSABLE_NAME.format(name=ascii(name[:40])))
    while len(f"{stem}{ending}".encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{ending}"


def _files_by_size(corpus: Path, sizes: set[int]) -> dict[int, list[Path]]:
    """Return the files of a corpus of these sizes: no others can have the same bytes."""
    found: dict[int, list[Path]] = {}
    for folder, _, names in os.walk(corpus):
        for path in (Path(folder, name) for name in names if not name.startswith(".")):
            if path.is_file() and not path.is_symlink() and (size := path.stat().st_size) in sizes:
                found.setdefault(size, []).append(path)
    return {size: sorted(paths) for size, paths in found.items()}


def _with_the_bytes_of(source: Path, others: Iterable[Path]) -> Path | None:
    wanted = _digest(source)
    return next((other for other in others if _digest(other) == wanted), None)


def _digest(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _is_taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()
