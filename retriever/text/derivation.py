"""What English makes of a word: "deadlier" of "deadly", "defector" of "defect".

A word made of a well-known one is well spelt, however rare it is itself.
"""

from collections.abc import Iterator

SHORTEST_BASE = 3

# An ending, and what stands in its place in the word that it is added to.
_ENDINGS = (
    ("ier", "y"),
    ("iers", "y"),
    ("iest", "y"),
    ("ied", "y"),
    ("ies", "y"),
    ("ily", "y"),
    ("iness", "y"),
    *(
        (t + "or" + s, t + base)
        for t in ("ct", "at", "it", "st")
        for s in ("", "s")
        for base in ("", "e")
    ),
    ("eer", "y"),
    ("eers", "y"),
    *(
        (ending, base)
        for ending in "s es ed ing ings er ers est ee ees able ation ations".split()
        for base in ("", "e")
    ),
    *((ending, "") for ending in "ly ness less ful ment ments ish ist ists ism ity".split()),
)
_DOUBLING = frozenset("ed ing ings er ers est".split())
_BEGINNINGS = tuple("re un mis over out under dis non anti pre co de".split())


def bases_of(word: str) -> Iterator[str]:
    """Yield what may be the words that a folded word is made of, likely or not, without order.

    One beginning is taken off, and one ending.
    """
    for whole in (word, *(word.removeprefix(one) for one in _BEGINNINGS if word.startswith(one))):
        if whole != word and len(whole) >= SHORTEST_BASE:
            yield whole
        for ending, base in _ENDINGS:
            stem = whole.removesuffix(ending)
            if stem == whole or len(stem + base) < SHORTEST_BASE:
                continue
            yield stem + base
            if ending in _DOUBLING and stem[-2:-1] == stem[-1]:
                yield stem[:-1]
