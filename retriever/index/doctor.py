"""A read-only look at every part of an index; each finding names the command that mends it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retriever.errors import EncoderError, IndexUnusableError
from retriever.index.encoder import load_encoder
from retriever.index.generation import Generation
from retriever.index.generations import current_generation

REBUILD = "quotidian build --full"
# Rounding of 32-bit sums over 384 numbers stays far below this.
UNIT = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, and the command that mends it."""

    problem: str
    command: str

    def to_dict(self) -> dict[str, object]:
        """Return the finding as ``doctor --json`` prints it."""
        return {"problem": self.problem, "command": self.command}


def examine(index: Path) -> list[Finding]:
    """Return everything that is wrong with the index in ``index``; empty when it is sound."""
    try:
        generation = Generation(current_generation(index))
    except IndexUnusableError as error:
        return [Finding(problem=str(error), command=REBUILD)]
    checks: tuple[Callable[[Generation], Iterator[str]], ...] = (
        _encoder,
        _passages,
        _footnotes,
        _vectors,
        _sentences,
    )
    return [
        Finding(problem=problem, command=REBUILD)
        for check in checks
        for problem in check(generation)
    ]


def _encoder(generation: Generation) -> Iterator[str]:
    made = generation.manifest
    try:
        generation.require_encoder(made.encoder, load_encoder(made.encoder).fingerprint)
    except (EncoderError, IndexUnusableError) as error:
        yield str(error)


def _passages(generation: Generation) -> Iterator[str]:
    """Every passage lies in its article, on no white space, and all together cover it."""
    store = generation.store
    for row, article in enumerate(store.articles()):
        reached = 0
        for passage_row in store.passage_rows(row):
            passage = store.passage(passage_row)
            text = passage.text
            if article.text[reached : passage.start].strip() or text != text.strip() or not text:
                yield f"passage {passage.id} does not follow the text of its article"
            reached = passage.end
        if article.text[reached:].strip():
            yield f"the passages of {article.id} leave out its end"


def _footnotes(generation: Generation) -> Iterator[str]:
    for article in generation.store.articles():
        for note in article.footnotes:
            spans = (*note.marks, note.entry, note.source)
            if any(not 0 <= span.start < span.end <= len(article.text) for span in spans):
                yield f"footnote {note.label} of {article.id} points outside the article"


def _vectors(generation: Generation) -> Iterator[str]:
    lengths = np.linalg.norm(generation.vectors.matrix(), axis=1)
    for row in np.flatnonzero(~(np.abs(lengths - 1) < UNIT)).tolist():
        yield f"the vector of passage row {row} has length {lengths[row]:.3f} instead of 1"


def _sentences(generation: Generation) -> Iterator[str]:
    """Every sentence lies inside the passage it is listed under."""
    for row in range(len(generation.sentences)):
        passage = generation.store.passage(generation.sentences.passage(row))
        span = generation.sentences.span(row)
        if not passage.start <= span.start < span.end <= passage.end:
            yield f"sentence row {row} lies outside its passage {passage.id}"
