"""From the text of a saved page to the text of its article.

Cleaning takes away what is not the article and never rewords what is: each line that stays is a
line of the source, or several that only a fixed line width had parted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise

from retriever.corpus.cleaning.furniture import is_furniture

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")
_ELLIPSIS = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?)$")
_SHORTEST_REPEATED = 20
"""Code points; shorter lines may repeat for a reason ("No." - "No.")."""
_SHORTEST_TEASER = 40
_MOST_TEASERS = 8
_WRAPPED_WIDTHS = range(50, 101)
_FEWEST_WRAPPED_LINES = 3


def clean(text: str) -> str:
    """Return the article's lines: trimmed, parted by single or blank lines, furniture removed.

    ``clean(clean(text)) == clean(text)``. A caption that neighbouring lines repeat is kept once,
    and a teaser at the top that the text below repeats word for word is left to the text below;
    nothing else that stands only once is ever dropped.
    """
    lines = _without_blank_runs(_CONTROL.sub("", _LINE_BREAKS.sub("\n", text)).split("\n"))
    while True:  # each round shortens the text, so the rounds end
        before = lines
        lines = [lines[place] for place in _without_repeats(lines, _without_furniture(lines))]
        lines = _without_blank_runs(_unwrapped(lines))
        lines = _without_blank_runs([lines[place] for place in _without_teasers(lines)])
        if lines == before:
            return "\n".join(lines)


def places_kept(paragraphs: Sequence[str]) -> list[int]:
    """Return the places of the paragraphs that :func:`clean` would keep, an empty one always."""
    places = [*_without_repeats(paragraphs, _without_furniture(paragraphs))]
    kept = [paragraphs[place] for place in places]
    return [places[place] for place in _without_teasers(kept)]


def _without_blank_runs(lines: Iterable[str]) -> list[str]:
    """Return the lines trimmed, never two blank ones together, none at either end."""
    kept: list[str] = []
    for line in lines:
        trimmed = line.strip()
        if trimmed or (kept and kept[-1]):
            kept.append(trimmed)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _without_furniture(lines: Sequence[str]) -> Iterator[int]:
    return (place for place, line in enumerate(lines) if not is_furniture(line))


def _without_repeats(lines: Sequence[str], places: Iterable[int]) -> Iterator[int]:
    """Leave out a line that repeats the one before it, blank lines between them or not."""
    last = ""
    for place in places:
        line = lines[place]
        if line and line == last and len(line) >= _SHORTEST_REPEATED:
            continue
        last = line or last
        yield place


def _unwrapped(lines: Iterable[str]) -> list[str]:
    """Return the lines, each hard-wrapped block joined into one; blank lines part blocks.

    A block is hard-wrapped if no line but the last could have taken the first word of the next.
    """
    joined: list[str] = []
    for is_text, run in groupby(lines, key=bool):
        block = list(run)
        joined.extend([" ".join(block)] if is_text and _is_hard_wrapped(block) else block)
    return joined


def _is_hard_wrapped(block: Sequence[str]) -> bool:
    width = max(map(len, block))
    return (
        len(block) >= _FEWEST_WRAPPED_LINES
        and width in _WRAPPED_WIDTHS
        and all(
            len(line) + 1 + len(following.split(maxsplit=1)[0]) > width
            for line, following in pairwise(block)
        )
    )


def _without_teasers(lines: Sequence[str]) -> Iterator[int]:
    """Leave out the paragraphs at the top that one below repeats whole or as its beginning."""
    places = [place for place, line in enumerate(lines) if line][: _MOST_TEASERS + 1]
    dropped = set()
    for place in places:
        below = "\n".join(lines[place + 1 :])
        words = _ELLIPSIS.sub("", lines[place])
        if len(words) < _SHORTEST_TEASER:
            continue  # a headline or a kicker above the teasers
        if words not in below:
            break
        dropped.add(place)
    return (place for place in range(len(lines)) if place not in dropped)
