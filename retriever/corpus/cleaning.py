"""From the text of a saved page to the text of its article.

Cleaning takes away what is not the article and never rewords what is: each line that stays is a
line of the source, or several that only a fixed line width had parted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff]")
_ELLIPSIS = re.compile(r"\s*(?:\[?…\]?|\[?\.\.\.\]?)$")
_SHORTEST_REPEATED = 20
"""Code points; shorter lines may repeat for a reason ("No." - "No.")."""
_LONGEST_REPEATED = 300
"""Code points; captions and pull quotes are shorter, and longer paragraphs repeat on purpose."""
_SHORTEST_TEASER = 40
_MOST_TEASERS = 8
_MOST_TEASED = 0.45
"""Share of the text: where more is said twice, its author says it twice."""
_SHORTEST_REPRINT = 40
_LONGEST_REPRINT = 300
"""Code points; captions and quotations set out large are shorter than this."""
_MOST_SEARCHED, _LONGEST_SEARCHED = 1_000, 300_000  # paragraphs and code points of one article
_MOST_PLACES = 5
_MOST_REPRINTED = 1 / 3  # of the text, if it is more than one paragraph
_PROSE = 0.85  # share of letters and blanks
_OPENING = 24  # code points
_ALONE = {(before, after) for before in ("", "\n") for after in ("", "\n")}
_AROUND_QUOTATION = " \t\"'“”„‟‘’«».,;:–—-"
_WRAPPED_WIDTHS = range(50, 101)
_FEWEST_WRAPPED_LINES = 3
_LONGEST_FURNITURE = 240  # code points; furniture is short, and a long line is read no further

_PHRASES = frozenset(
    phrase.strip()
    for phrase in """
    accessibility links | ad | advertisement | advertisement - scroll to continue | advertising |
    all rights reserved | article continues below | article continues below advertisement |
    back to top | breaking news | click here to subscribe | close | comments | continue reading |
    continue reading the main story | copy link | copy link to clipboard | editor's picks |
    email this article | follow us | image caption | jump to content | leave a comment | loading |
    log in | main content | menu | more from this section | more stories | most popular |
    most read | most viewed | newsletter | newsletters | next article | next story |
    open navigation menu | please enable javascript | previous article | previous story |
    print this article | read more | recommended | recommended for you | recommended stories |
    related | related articles | related content | related stories | related topics |
    save article | search | see all | share | share on facebook | share on linkedin |
    share on twitter | share on whatsapp | share on x | share this | share this article |
    share this page | share this story | show comments | show more | sign in | sign up |
    skip advertisement | skip to content | skip to main content | skip to main navigation |
    skip to navigation | skip to search | sponsored | sponsored content |
    story continues below advertisement | subscribe | subscribe now |
    subscribe to our newsletter | support us | top stories | trending | trending now |
    view comments | you may also like | you might also like
    """.split("|")
)

_PATTERN = re.compile(
    "|".join(
        (
            r"sign up (?:for|to)\b.{1,80}\bnewsletters?\b.{0,120}",
            r"subscribe to (?:our|the)\b.{0,60}\b(?:newsletters?|channel|podcast)\b.{0,40}",
            r"(?:this (?:web)?site|we)(?: and our partners)? uses? cookies\b.{0,200}",
            r"by (?:continuing|using this site).{0,60}"
            r"\b(?:cookies|privacy policy|terms of (?:use|service))\b.{0,120}",
            r"(?:accept|reject|manage)(?: all)? (?:cookies|preferences|options)",
            r"follow us on (?:facebook|twitter|x|instagram|whatsapp|google news|linkedin)\b.{0,60}",
            r"(?:facebook|twitter|x|whatsapp|email|e-mail|linkedin|reddit|print|pinterest|telegram)"
            r"(?:\s*[|•·,/]?\s*(?:facebook|twitter|x|whatsapp|email|e-mail|linkedin|reddit|print"
            r"|pinterest|telegram)){1,8}",
            r"(?:©|\(c\)|copyright)\s.{0,100}\ball rights reserved\b.{0,20}",
            r"\d{1,3} (?:min|minute|minutes) read",
        )
    ),
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Return the article's lines: trimmed, parted by single or blank lines, furniture removed.

    ``clean(clean(text)) == clean(text)``. A line that the article prints twice is kept once: a
    caption, a quotation set out large, a teaser at the top that the text below repeats word for
    word; nothing else that stands only once is ever dropped.
    """
    lines = _without_blank_runs(_CONTROL.sub("", _LINE_BREAKS.sub("\n", text)).split("\n"))
    while True:  # each round shortens the text, so the rounds end
        before = lines
        lines = [lines[place] for place in _without_repeats(lines, _without_furniture(lines))]
        lines = _without_blank_runs(_unwrapped(lines))
        lines = [lines[place] for place in _without_teasers(lines)]
        lines = _without_blank_runs([lines[place] for place in places_printed_once(lines)])
        if lines == before:
            return "\n".join(lines)


def places_kept(paragraphs: Sequence[str]) -> list[int]:
    """Return the places of the paragraphs that :func:`clean` would keep, an empty one always."""
    places = [*_without_repeats(paragraphs, _without_furniture(paragraphs))]
    kept = [paragraphs[place] for place in places]
    places = [places[place] for place in _without_teasers(kept)]
    kept = [paragraphs[place] for place in places]
    return [places[place] for place in places_printed_once(kept)]


def places_printed_once(paragraphs: Sequence[str]) -> list[int]:
    """Return the places of the paragraphs without what the article prints a second time.

    A paragraph goes that an earlier one repeats, as captions do, and one that stands whole inside a
    longer one, as a quotation does that is set out large. Short ones may repeat for a reason, lines
    of programs as well, and where much of a text repeats, it is meant to.
    """
    cores = [text.strip(_AROUND_QUOTATION) for text in paragraphs]
    first: dict[str, int] = {}
    for place, core in enumerate(cores):
        first.setdefault(core, place)
    whole = "\n".join(first)
    is_searched = len(first) <= _MOST_SEARCHED and len(whole) <= _LONGEST_SEARCHED
    openings = Counter(map(_opening, _parts(whole))) if is_searched else Counter[str]()
    again = {
        place
        for place, core in enumerate(cores)
        if _SHORTEST_REPRINT <= len(core) <= _LONGEST_REPRINT
        and (
            first[core] != place
            or (openings[_first_opening(core)] > 1 and _stands_inside(core, whole))
        )
        and _is_prose(core)
    }
    if len(again) > 1 and sum(len(cores[n]) for n in again) > _MOST_REPRINTED * len(whole):
        return list(range(len(paragraphs)))  # a refrain, or filler text
    return [place for place in range(len(paragraphs)) if place not in again]


def _is_prose(text: str) -> bool:
    """Return whether a line is words, and no program or table of figures."""
    return sum(map(str.isalpha, text)) + text.count(" ") >= _PROSE * len(text)


def _parts(text: str) -> list[str]:
    """Return what begins as a sentence or a quotation: to look these up is fast."""
    return text.replace("“", ". ").replace(' "', ". ").replace("\n", ". ").split(". ")


def _opening(part: str) -> str:
    return part[:_OPENING]


def _first_opening(text: str) -> str:
    """Return how the first part of a text opens, which its first characters tell."""
    return _opening(_parts(text[: _OPENING + 2])[0])


def _stands_inside(core: str, whole: str) -> bool:
    """Return whether words stand in ``whole``, which has them by themselves, once more."""
    found = -1
    for _ in range(_MOST_PLACES):
        found = whole.find(core, found + 1)
        if found < 0:
            return False
        around = whole[max(0, found - 1) : found], whole[found + len(core) : found + len(core) + 1]
        if around not in _ALONE and not any(char.isalnum() for char in around):
            return True
    return False


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
        if line and line == last and _SHORTEST_REPEATED <= len(line) <= _LONGEST_REPEATED:
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
    if sum(len(lines[place]) for place in dropped) > _MOST_TEASED * sum(map(len, lines)):
        dropped.clear()
    return (place for place in range(len(lines)) if place not in dropped)


def is_furniture(line: str) -> bool:
    """Return whether the whole line is a well-known phrase of navigation, sharing or notices.

    A phrase inside a longer line is never furniture: it may be what the article is about.
    """
    return len(line) <= _LONGEST_FURNITURE and _is_known_phrase(line)


# Cleaning looks at each line of a text twice: the second time at what is left.
@lru_cache(maxsize=1024)
def _is_known_phrase(line: str) -> bool:
    phrase = line.casefold().replace("’", "'").strip(" \t:.…|>»→-–—")
    return phrase in _PHRASES or _PATTERN.fullmatch(line.strip()) is not None
