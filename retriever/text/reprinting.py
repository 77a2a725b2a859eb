"""Whether two texts are one: reprinted, shortened or revised, or two that share something.

What is shared is counted in shingles of the shorter text. Reports in one frame ("41 ships are
waiting") share most of their words as well; other figures and other names tell them apart. How the
thresholds were set, and what they give, ``tests/benchmarks/reprints.py`` measures.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from retriever.records.arrays import RowNumbers
from retriever.text.shingles import LENGTH, Shingled

# The part of the shorter text's shingles that both have, from which on they are one text. Of a text
# with fewer than so many words, in which a frame leaves less room, more.
SAME = 0.6
SAME_IF_SHORT, SHORT = 0.75, 100
SAME_IF_BRIEF, BRIEF = 0.9, 40
# From which on a brief is a part of the other text, and no report in the same frame.
ALL = 0.97
# From which on they are, if they have one publisher and title, or one address.
EDITED = 0.5
RELATED = 0.4
# The part of its figures, and of its names, that the other may have others for. A short text may
# have none: all that a report of the day brings is a few of them. One in a long text is an edit.
OTHER_FIGURES = 0.25
OTHER_NAMES = 0.25
# Under one address figures move: the count of the dead, a price.
OTHER_FIGURES_RELATED = 0.6
# A text that is cut keeps how it began: it has this part of so many shingles at the beginning of
# the longer one. A piece of a review of the day, or of a running report, has not.
OPENING, OPENING_KEPT = 60, 0.3
# Where the longer one has little more than the shorter, another beginning is a note of the editor.
NEARLY_ALL = 0.65
# A dateline or a note of the editor has at most so many words, and this part of the text.
NOTE, NOTE_PART = 40, 0.2
# With fewer shingles, of which a text has about as many as words, it says too little: "Subscribe to
# read" stands for many articles.
FEWEST = 17


class Relation(IntEnum):
    """What two texts are to each other; what else must be one for them to be one article."""

    DIFFERENT = 0
    RELATED = 1  # versions of one article, if they have one address
    RECOUNTED = 2  # also if they have one publisher, title and day: a brief with another figure
    EDITED = 3  # also if they have one publisher and title within some days
    ALIKE = 4  # one text, or two reports in one frame: briefs, of which the dates must tell
    SAME = 5  # one text, whoever printed it


def relation(one: Shingled, other: Shingled) -> Relation:
    """Return what two texts are to each other, whichever is named first."""
    shorter, longer = sorted((one, other), key=lambda text: (len(text.distinct), text.words))
    if len(shorter.distinct) < FEWEST:
        alike = np.array_equal(shorter.ordered, longer.ordered)
        return relation_of_equals(len(shorter.distinct)) if alike else Relation.DIFFERENT
    shared = int(np.isin(shorter.distinct, longer.distinct, assume_unique=True).sum())
    held, covered = shared / len(shorter.distinct), shared / len(longer.distinct)
    if held < RELATED:
        return Relation.DIFFERENT
    return _of_related(shorter, longer, held, covered)


def relation_of_equals(shingles: int) -> Relation:
    """Return what two equal texts of so many different shingles are to each other."""
    return Relation.SAME if shingles >= FEWEST else Relation.EDITED


def _of_related(shorter: Shingled, longer: Shingled, held: float, covered: float) -> Relation:
    """Return what two texts are that share so much of the one, and of the other."""
    figures, names = _others(shorter, longer)
    if figures.part > OTHER_FIGURES_RELATED and figures.count > 1:
        return Relation.DIFFERENT
    if held < EDITED or names.part > OTHER_NAMES:
        return Relation.RELATED
    begins_alike = covered >= NEARLY_ALL or _begins_alike(shorter, longer)
    if shorter.words < SHORT:
        least = SAME_IF_BRIEF if shorter.words < BRIEF else SAME_IF_SHORT
        return _of_briefs(held, figures) if begins_alike and held >= least else Relation.RELATED
    if figures.part > OTHER_FIGURES and figures.count > 1:
        return Relation.RELATED
    return Relation.SAME if held >= SAME and begins_alike else Relation.EDITED


def _of_briefs(held: float, figures: "_Others") -> Relation:
    """Return what two briefs are that share so much."""
    if figures.count:
        return Relation.RECOUNTED
    return Relation.SAME if held >= ALL else Relation.ALIKE


@dataclass(frozen=True, slots=True, kw_only=True)
class _Others:
    """For how many words of one text the other has others, and which part of all that is."""

    count: int
    part: float


def _others(shorter: Shingled, longer: Shingled) -> tuple[_Others, _Others]:
    """Return for which figures, and which names, of one text the other has others.

    What one of them leaves out is nothing else, and neither is what stands before or behind all
    that both have: a dateline, the copyright, a local end.
    """
    (figures, names), (other_figures, other_names) = (
        _inside(text, np.flatnonzero(np.isin(text.ordered, other.distinct)))
        for text, other in ((shorter, longer), (longer, shorter))
    )
    return _between(figures, other_figures), _between(names, other_names)


def _inside(text: Shingled, shared: RowNumbers) -> tuple[frozenset[str], frozenset[str]]:
    """Return the figures and names of a text from the first to the last shared shingle.

    Many words before the first are no note, but another story above what both have.
    """
    first, end = int(shared[0]), int(shared[-1]) + LENGTH
    first = first if first <= min(NOTE, NOTE_PART * text.words) else 0
    figures, names = (
        frozenset(word for place, word in words if first <= place < end)
        for words in (text.figures, text.names)
    )
    return figures, names


def _between(own: frozenset[str], other: frozenset[str]) -> _Others:
    count = min(len(own - other), len(other - own))
    return _Others(count=count, part=count / max(min(len(own), len(other)), 1))


def _begins_alike(shorter: Shingled, longer: Shingled) -> bool:
    """Tell whether the shorter text has how the longer one begins."""
    kept = np.isin(longer.ordered[:OPENING], shorter.distinct)
    return bool(kept.mean() >= OPENING_KEPT)
