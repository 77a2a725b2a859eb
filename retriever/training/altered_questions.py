"""Near misses made of a question alone: its opposite, or its two names in each other's place."""

import random
import re
from dataclasses import replace

from retriever.training.entities import names
from retriever.training.rows import Row

AUXILIARY = re.compile(
    r"\b(is|was|were|are|did|does|do|has|have|had|can|could|will|would|should)\b", re.IGNORECASE
)
NEGATION = re.compile(r"\b(?:not|never) |n[’']t\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\W*(?:,|&|\band\b|\bor\b|\bwith\b)\W*", re.IGNORECASE)


def negated(row: Row, chance: random.Random) -> Row | None:
    """Return the row with a question that asks the opposite, where that is easily said."""
    if NEGATION.search(row.question):
        return None
    no = chance.choice((" not", " not", "n't", " never"))
    question, made = AUXILIARY.subn(rf"\1{no}", row.question, count=1)
    return _unanswerable(row, question) if made else None


def exchanged(row: Row) -> Row | None:
    """Return the row with two names of the question exchanged: who beat whom, what is in what.

    None where the question names fewer, or names them side by side, as equals.
    """
    # The first word is written with a capital whatever it is.
    found = [one for one in dict.fromkeys(names(row.question)) if not row.question.startswith(one)]
    if len(found) < 2:
        return None
    one, other = found[:2]
    if one in other or other in one or side_by_side(one, other, row.question):
        return None
    parts = re.split(f"({re.escape(one)}|{re.escape(other)})", row.question)
    swapped = "".join({one: other, other: one}.get(part, part) for part in parts)
    return _unanswerable(row, swapped)


def side_by_side(one: str, other: str, text: str) -> bool:
    """Tell whether ``text`` lists two phrases together: "Ada and Olav", "Oslo, Norway"."""
    first, last = sorted((text.lower().find(one.lower()), text.lower().find(other.lower())))
    if first < 0:
        return False
    lead = one if text.lower().find(one.lower()) == first else other
    return _TOGETHER.fullmatch(text[first + len(lead) : last]) is not None


def _unanswerable(row: Row, question: str) -> Row:
    return replace(row, question=question, answers=(), answerable=False)
