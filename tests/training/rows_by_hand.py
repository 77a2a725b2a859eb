"""Rows written by us, and likeness in kind by letters, so that no network is needed."""

import numpy as np

from retriever.training.entities import Kinds
from retriever.training.rows import Range, Row

HARBOUR = (
    "The harbour of Norvik opened in 1912. Its crane was painted green by Ada Lund."
    " The museum of Sandby opened in 1955. A bridge joins the two towns."
)


def row(question: str, answer: str, passage: str = HARBOUR) -> Row:
    """Return the row whose answer is the first place of ``answer`` in the passage."""
    start = passage.index(answer)
    return Row(
        source="by hand",
        question=question,
        passage=passage,
        answers=(Range(start=start, end=start + len(answer)),),
        answerable=True,
    )


def kinds_by_letters() -> Kinds:
    """Return likeness in kind that counts shared letters."""
    vectors = np.eye(256, dtype=np.float32)
    return Kinds(vectors, lambda phrase: [ord(letter) % 256 for letter in phrase])
