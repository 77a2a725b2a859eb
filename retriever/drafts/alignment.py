"""Where in an article a part of a quotation stands, or what is most like it, token by token.

Distances, and what differs, are rapidfuzz's: Levenshtein's over tokens, in one case. Which words of
the article are compared is found by its partial ratio, then their ends are moved to where least
differs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel, Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

from retriever.drafts.tokens import SourceToken

_MOVED = 4  # tokens by which each end of what was found is moved
# Words that are left out without a mark: words of the part, tokens of a gap, and gaps.
_FEWEST_WITH_GAPS, _LONGEST_GAP, _MOST_GAPS = 6, 40, 3
_LONG_WORD = 6  # letters: it rarely stands there by chance
LEAST_ALIKE = 40.0  # of 100: what is less like the part in one row of tokens is none of it


_Difference = tuple[int, int, int, int]  # from, to here; from, to there


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenDifference:
    """Tokens of a part, from ``start`` to ``end``, and those of the source in their place."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """A part beside the tokens of a source from ``start`` to ``end``, and where they differ."""

    start: int
    end: int
    differences: tuple[TokenDifference, ...]


def align(part: Sequence[SourceToken], source: Sequence[SourceToken]) -> Alignment | None:
    """Return the place in ``source`` that differs least from ``part``; the first of those equal.

    ``None`` where nothing is like it.
    """
    wanted, held = [token.loose for token in part], [token.loose for token in source]
    start, end = _place_of(wanted, held) or (0, 0)
    if start == end:
        return None
    differences = tuple(_differences(part, source, start, end))
    if any(one.start < one.end for one in differences):
        left_out = _with_words_left_out(part, source, start)
        if left_out:
            return left_out
    return Alignment(start=start, end=end, differences=differences)


def _with_words_left_out(
    part: Sequence[SourceToken], source: Sequence[SourceToken], near: int
) -> Alignment | None:
    """Return the place of a part all of which stands there, but for some runs of words left out.

    Distances alone prefer an end to be missing to a dozen words being left out before it. The part
    may begin before ``near``, as far as a gap is long.
    """
    if sum(token.is_word for token in part) < _FEWEST_WITH_GAPS:
        return None
    first = max(0, near - len(part) - _LONGEST_GAP)
    starts = (at for at in range(first, near + _MOVED) if _stands_at(part, 0, source, at))
    found = (_from_start(part, source, start) for start in starts)
    return next(filter(None, found), None)


def _from_start(
    part: Sequence[SourceToken], source: Sequence[SourceToken], start: int
) -> Alignment | None:
    """Return the part from that token of the source on, if it is all there in its order."""
    gaps: list[TokenDifference] = []
    place = start
    for n, token in enumerate(part):
        if place >= len(source) or token.loose != source[place].loose:
            behind = range(place + 1, min(place + _LONGEST_GAP, len(source)))
            again = next((at for at in behind if _stands_at(part, n, source, at)), None)
            if again is None or len(gaps) == _MOST_GAPS:
                return None
            gaps.append(TokenDifference(start=n, end=n, source_start=place, source_end=again))
            place = again
        if not _agree(token.exact, source[place].exact, is_first=n == 0):
            return None
        place += 1
    return Alignment(start=start, end=place, differences=tuple(gaps))


def _stands_at(
    part: Sequence[SourceToken], n: int, source: Sequence[SourceToken], place: int
) -> bool:
    """Tell whether the part from ``n`` on may stand there: by a long word, or by two tokens."""
    count = 1 if len(part[n].loose) >= _LONG_WORD else 2
    wanted = [token.loose for token in part[n : n + count]]
    return wanted == [token.loose for token in source[place : place + len(wanted)]]


def _place_of(wanted: list[str], held: list[str]) -> tuple[int, int] | None:
    """Return from where to where the tokens stand that differ least, if any are alike."""
    if len(wanted) > len(held):
        return None if set(wanted).isdisjoint(held) else (0, len(held))
    found = partial_ratio_alignment(wanted, held, score_cutoff=LEAST_ALIKE)
    if found is None:
        return None
    start, end = found.dest_start, found.dest_end
    return (start, end) if held[start:end] == wanted else _moved(wanted, held, start, end)


def _moved(wanted: list[str], held: list[str], start: int, end: int) -> tuple[int, int]:
    """Return the place with its ends moved to where least differs.

    Of those equal the one with more of the wanted tokens, then the first.
    """
    starts = range(max(0, start - _MOVED), start + _MOVED + 1)
    ends = range(max(0, end - _MOVED), min(len(held), end + _MOVED) + 1)
    tried = [(first, last) for first in starts for last in ends if first < last]
    apart = [Levenshtein.distance(wanted, held[first:last]) for first, last in tried]
    least = min(apart)
    return min(
        (at for at, distance in zip(tried, apart, strict=True) if distance == least),
        key=lambda at: (Indel.distance(wanted, held[at[0] : at[1]]) - (at[1] - at[0]), at),
    )


def _differences(
    part: Sequence[SourceToken], source: Sequence[SourceToken], start: int, end: int
) -> Iterator[TokenDifference]:
    """Yield what differs between a part and its place, neighbours together."""
    wanted, held = [token.loose for token in part], [token.loose for token in source[start:end]]
    differing: list[_Difference] = []
    for step in Levenshtein.opcodes(wanted, held):
        first, last, there, until = step.src_start, step.src_end, step.dest_start, step.dest_end
        if step.tag != "equal":
            differing.append((first, last, start + there, start + until))
            continue
        for n in range(last - first):
            one, other = part[first + n], source[start + there + n]
            if not _agree(one.exact, other.exact, is_first=first + n == 0):
                place = start + there + n
                differing.append((first + n, first + n + 1, place, place + 1))
    for first, last, there, until in _joined(differing):
        yield TokenDifference(start=first, end=last, source_start=there, source_end=until)


def _agree(one: str, other: str, *, is_first: bool) -> bool:
    """Tell whether words that are equal in one case are equal; of the first, but its first letter.

    Lengths may differ by case: "ß".
    """
    return one == other or (is_first and one[1:] == other[1:])


def _joined(differing: list[_Difference]) -> list[_Difference]:
    """Return differences, those that stand side by side on both sides as one.

    So are a word left out here and put in there that have one word between: they changed places.
    """
    joined: list[_Difference] = []
    for one in differing:
        before = joined[-1] if joined else None
        if before and (_are_neighbours(before, one) or _is_moved(before, one)):
            joined[-1] = (before[0], one[1], before[2], one[3])
        else:
            joined.append(one)
    return joined


def _are_neighbours(before: _Difference, one: _Difference) -> bool:
    return (before[1], before[3]) == (one[0], one[2])


def _is_moved(before: _Difference, one: _Difference) -> bool:
    """Tell whether a word is put in on one side of another and left out on the other side."""
    if one[0] - before[1] != 1:
        return False
    sizes = [(at[1] - at[0], at[3] - at[2]) for at in (before, one)]
    return sizes in ([(0, 1), (1, 0)], [(1, 0), (0, 1)])
