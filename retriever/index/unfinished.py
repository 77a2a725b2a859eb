"""Builds that were ended before they published, and what of their work is whole.

Such a build leaves its folder. What is not encoded is quickly done again, so only the arrays stay,
and only where a checkpoint beside says which rows of them are whole; see
:mod:`retriever.indexing.checkpoints`.
"""

import shutil
from pathlib import Path

from retriever.index.removing import unlink_or_tell

GENERATIONS = "generations"
CHECKPOINTS = "checkpoints"
BUILDING = "building-"


def checkpoint_of(folder: Path) -> Path:
    """Return the file that says what of an unfinished generation is whole."""
    return folder.parent.parent / CHECKPOINTS / f"{folder.name}.jsonl"


def left_builds(index: Path) -> list[Path]:
    """Return the folders of builds that were ended and have a checkpoint, the newest first."""
    folders = [
        folder
        for folder in (index / GENERATIONS).glob(f"{BUILDING}*")
        if checkpoint_of(folder).is_file()
    ]
    return sorted(folders, key=lambda folder: folder.name.rpartition("-")[2], reverse=True)


def remove(folder: Path) -> None:
    """Remove what a build left, and its checkpoint; what the disk refuses is left to the next."""
    shutil.rmtree(folder, ignore_errors=True)
    unlink_or_tell(checkpoint_of(folder))


def remove_all(index: Path) -> None:
    """Remove what builds left: no further one needs it."""
    for folder in (index / GENERATIONS).glob(f"{BUILDING}*"):
        remove(folder)
    shutil.rmtree(index / CHECKPOINTS, ignore_errors=True)


def tidy(index: Path) -> None:
    """Remove what ended builds left half done, but what they noted as whole."""
    for folder in (index / GENERATIONS).glob(f"{BUILDING}*"):
        leave(folder)
    for checkpoint in (index / CHECKPOINTS).glob("*"):
        if not (index / GENERATIONS / checkpoint.stem).is_dir():
            checkpoint.unlink()


def leave(folder: Path) -> None:
    """Keep of an unfinished generation its arrays, if a checkpoint says what in them is whole."""
    if not checkpoint_of(folder).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        return
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.suffix != ".npy":
            path.unlink(missing_ok=True)
