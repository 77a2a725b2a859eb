"""A read-only look at every part of an index; each finding names the command that mends it.

Checksums tell that the files are what a build wrote. :mod:`retriever.indexing.doctor_checks` tells
that what it wrote is right: each part is compared with what the stored articles say it should be.
"""

import shlex
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from retriever.encoders.protocol import Encoder
from retriever.encoders.registry import load_encoder
from retriever.errors import (
    EncoderError,
    IndexMissingError,
    IndexStaleError,
    IndexUnusableError,
)
from retriever.index import publishing as generations
from retriever.index.generation import Generation
from retriever.index.manifest import read_manifest
from retriever.indexing.doctor_checks import CHECKS, Check, Examination


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and the command that mends it."""

    problem: str
    command: str

    def to_dict(self) -> dict[str, object]:
        """Return the finding as ``doctor --json`` prints it."""
        return {"problem": self.problem, "command": self.command}


_load_present = partial(load_encoder, fetch=False)


def examine(index: Path, load: Callable[[str], Encoder] = _load_present) -> list[Finding]:
    """Return everything that is wrong with the index in ``index``; empty when it is sound.

    ``load`` gives the encoder of a name. Nothing is written.
    """
    findings = [*_leftovers(index)]
    try:
        with closing(Generation(generations.current_generation(index))) as generation:
            examined = Examination(generation, load)
            findings += [found for check in CHECKS for found in _run(check, examined, index)]
    except IndexUnusableError as error:
        findings.append(Finding(problem=str(error), command=_command(index, error)))
    return [*dict.fromkeys(findings)]


def _run(check: Check, examined: Examination, index: Path) -> Iterator[Finding]:
    """Yield what a check finds; one that cannot go on says why, and the others still run."""
    try:
        for problem in check(examined):
            yield Finding(problem=problem, command=_command(index))
    except (EncoderError, IndexUnusableError) as error:
        yield Finding(problem=str(error), command=_command(index, error))


def _leftovers(index: Path) -> Iterator[Finding]:
    """Find what builds left behind that died: a process that lives is still at work."""
    for folder in sorted((index / generations.GENERATIONS).glob(f"{generations.BUILDING}*")):
        process = folder.name.removeprefix(generations.BUILDING).partition("-")[0]
        if not (process.isdecimal() and generations.lives(int(process))):
            problem = f"{folder} is left of a build that died; the next build removes it"
            yield Finding(problem=problem, command=_command(index, IndexStaleError()))


def _command(index: Path, error: Exception | None = None) -> str:
    """Return the build that mends: a stale index needs what changed, a damaged one everything."""
    corpus = "CORPUS"
    if not isinstance(error, IndexMissingError):
        try:
            corpus = shlex.quote(read_manifest(generations.current_generation(index)).corpus)
        except IndexUnusableError:
            corpus = "CORPUS"  # the one that holds the articles: only a person knows
    full = "" if isinstance(error, IndexMissingError | IndexStaleError) else " --full"
    return f"quotidian build {corpus} --index {shlex.quote(str(index))}{full}"
