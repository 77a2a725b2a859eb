"""Whether two texts are one: reprinted, shortened or revised, or two that share something.

What is shared is counted in shingles of the shorter text. Reports in one frame ("41 ships are
waiting") share most of their words as well; other figures and other names tell them apart. How the
thresholds were set, and what they give, ``tests/benchmarks/reprints.py`` measures.
"""

from enum import IntEnum

import numpy as np

from retriever.text.shingles import Shingled

# The part of the shorter text's shingles that both have, from which on they are one text. Of a text
# with fewer than so many words, in which a frame leaves less room, more.
SAME = 0.6
SAME_IF_SHORT, SHORT = 0.75, 100
SAME_IF_BRIEF, BRIEF = 0.9, 40
# From which on they are, if they have one publisher and title, or one address.
EDITED = 0.5
RELATED = 0.4
# The part of its figures, and of its names, that the other may have others for. A short text may
# have none: all that a report of the day brings is a few of them.
OTHER_FIGURES = 0.25
OTHER_NAMES = 0.25
# Under one address figures move: the count of the dead, a price.
OTHER_FIGURES_RELATED = 0.6
# A text that is cut keeps how it began: it has this part of so many shingles at the beginning of
# the longer one. A piece of a review of the day, or of a running report, has not.
OPENING, OPENING_KEPT = 60, 0.3
# Where the longer one has little more than the shorter, another beginning is a note of the editor.
NEARLY_ALL = 0.65
# With fewer shingles, of which a text has about as many as words, it says too little: "Subscribe to
# read" stands for many articles.
FEWEST = 17


class Relation(IntEnum):
    """What two texts are to each other; what else must be one for them to be one article."""

    DIFFERENT = 0
    RELATED = 1  # versions of one article, if they have one address
    EDITED = 2  # also if they have one publisher and one title
    ALIKE = 3  # one text, or two reports in one frame; briefs, of which the dates must tell
    SAME = 4  # one text, whoever printed it


def relation(one: Shingled, other: Shingled) -> Relation:
    """Return what two texts are to each other, whichever is named first."""
    shorter, longer = sorted((one, other), key=lambda text: (len(text.distinct), text.words))
    if len(shorter.distinct) < FEWEST:
        alike = np.array_equal(shorter.ordered, longer.ordered)
        return relation_of_equals(len(shorter.distinct)) if alike else Relation.DIFFERENT
    shared = int(np.isin(shorter.distinct, longer.distinct, assume_unique=True).sum())
    held, covered = shared / len(shorter.distinct), shared / len(longer.distinct)
    short = shorter.words < SHORT
    figures = _others(shorter.figures, longer.figures)
    if held < RELATED or figures > OTHER_FIGURES_RELATED:
        return Relation.DIFFERENT
    if (
        held < EDITED
        or figures > (0.0 if short else OTHER_FIGURES)
        or _others(shorter.names, longer.names) > OTHER_NAMES
    ):
        return Relation.RELATED
    if short:
        alike = held >= (SAME_IF_BRIEF if shorter.words < BRIEF else SAME_IF_SHORT)
        identical = np.array_equal(shorter.ordered, longer.ordered)
        kind = Relation.SAME if identical else Relation.ALIKE
    else:
        alike, kind = held >= SAME, Relation.SAME
    if alike and (covered >= NEARLY_ALL or _begins_alike(shorter, longer)):
        return kind
    return Relation.RELATED if short else Relation.EDITED


def relation_of_equals(shingles: int) -> Relation:
    """Return what two equal texts of so many different shingles are to each other."""
    return Relation.SAME if shingles >= FEWEST else Relation.EDITED


def _others(own: frozenset[str], other: frozenset[str]) -> float:
    """Return for which part of one's words the other has others: what is left out alone is none."""
    return min(len(own - other), len(other - own)) / max(len(own), 1)


def _begins_alike(shorter: Shingled, longer: Shingled) -> bool:
    """Tell whether the shorter text has how the longer one begins."""
    kept = np.isin(longer.ordered[:OPENING], shorter.distinct)
    return bool(kept.mean() >= OPENING_KEPT)
