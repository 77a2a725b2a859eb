"""The words of a passage that can stand in a question where a template says only "someone"."""

import re
from collections import Counter
from collections.abc import Sequence

from retriever.training.entities import STOPWORDS, WORD
from retriever.training.rows import Range

_MOST_WORDS = 6
_DETERMINER = re.compile(
    r"(?<!\w)(?:the|an?|its|their|his|her|this|these|those|some|all|both|many|several|most|each"
    r"|every|no|any|another|other|more) $",
    re.IGNORECASE,
)
_NAME_BEFORE = re.compile(r"(?<!\w)(?:[A-Z][\w’'-]+ )+$")
_NAME_AFTER = re.compile(r"(?: [A-Z][\w’-]+)+")
_PLACE = frozenset(
    "in at on near inside outside within across throughout around to into from".split()
)
_TIME = frozenset("in on during after before since until by at".split())
_LEAD = re.compile(r"(?<!\w)(?:in|on|at|during|near|after|since) (?:the )?$", re.IGNORECASE)
_TIME_ALONE = re.compile(
    r"(?:yesterday|today|tomorrow|(?:last|this|next) \w+|\w+ (?:years?|months?|weeks?|days?) ago"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$",
    re.IGNORECASE,
)
_NEVER_FIRST = frozenset(
    """i he she they it we you who which that what how when where why whose whom if as because since
    while although though and or but nor not no to for with by from in on at of about into against
    over out through under after between up off around during towards within without upon among
    before across down behind like until than is are was were be been being has have had do does did
    my our your me him them us himself herself itself themselves there here other others another
    more most then so such also only just both either neither very much well one this these those
    along due according any every each all""".split()
)
_NEVER_INSIDE = frozenset(
    """who which that is are was were be been being has have had i you we he she they it me him them
    us my our your because if would will could should may might can said where when what how not
    """.split()
)
_NEVER_LAST = frozenset(
    """the a an of to for with by from in on at and or but as his her its their than own not very
    more most other into about""".split()
)
_PUNCTUATION = re.compile(r"[^\w\s’'.&%$£€-]|(?<=\w\w\w)\.|--|'(?!s\b|\w)")


class Fillers:
    """Cuts what can be asked about out of the passages of a collection."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Count how words are written, to know names from what begins a sentence."""
        self._small: Counter[str] = Counter()
        self._great: Counter[str] = Counter()
        for text in texts:
            for place, found in enumerate(WORD.finditer(text)):
                word = found.group()
                if word.islower():
                    self._small[word] += 1
                elif place:
                    self._great[word.lower()] += 1

    def thing(self, passage: str, answer: Range, *, after: str = "") -> str | None:
        """Return the answer as somebody or something spoken of; None where it cannot be so.

        ``after`` is the preposition that it follows, and that it may begin with.
        """
        answer = _without_lead(passage, answer, after)
        answer = _whole(passage, answer)
        found = self.as_inside(passage, answer).removesuffix("'s").removesuffix("’s")
        tokens = found.split()
        if not tokens or len(tokens) > _MOST_WORDS or _PUNCTUATION.search(found):
            return None
        small = [token.lower() for token in tokens]
        if small[0] in _NEVER_FIRST or small[-1] in _NEVER_LAST or _NEVER_INSIDE & set(small):
            return None
        if small[0].endswith("ing") and tokens[0].islower():
            return None
        if len(tokens) == 1 and not _stands_alone(passage, answer, found):
            return None
        return found

    def adjunct(self, passage: str, answer: Range, role: str) -> str | None:
        """Return the answer as a place or time that a question may end in."""
        if match := _LEAD.search(passage[max(answer.start - 8, 0) : answer.start]):
            answer = Range(start=answer.start - len(match.group()), end=answer.end)
        found = self.as_inside(passage, answer)
        tokens = found.split()
        if len(tokens) > _MOST_WORDS or not tokens or _PUNCTUATION.search(found):
            return None
        if role == "when" and _TIME_ALONE.match(found):
            return found
        first = _PLACE if role == "where" else _TIME
        if tokens[0] not in first or len(tokens) < 2 or tokens[-1].lower() in _NEVER_LAST:
            return None
        if tokens[1].endswith("ing") or {token.lower() for token in tokens[1:]} & _NEVER_INSIDE:
            return None
        return found

    def as_inside(self, passage: str, answer: Range) -> str:
        """Return the words as they are written inside a sentence."""
        found = answer.of(passage)
        found = re.sub(r"\s+", " ", found).strip(' ."“”')
        first = WORD.match(found)
        if first is None or (
            answer.start > 0
            and passage[answer.start - 1] == " "
            and (passage[: answer.start].rstrip()[-1:] not in '.!?:"“')
        ):
            return found
        word = first.group()
        if word.isupper() and len(word) > 1:
            return found
        small = word.lower()
        if small in STOPWORDS or self._small[small] > self._great[small]:
            return small + found[len(word) :]
        return found


def _without_lead(passage: str, answer: Range, lead: str) -> Range:
    if lead and answer.of(passage).lower().startswith(f"{lead} "):
        return Range(start=answer.start + len(lead) + 1, end=answer.end)
    return answer


def _whole(passage: str, answer: Range) -> Range:
    """Return the answer with the article before it, or with the rest of a name."""
    start, end = answer.start, answer.end
    words = answer.of(passage).split(" ")
    if words[-1][:1].isupper() and (match := _NAME_AFTER.match(passage, end)):
        end = match.end()
    before = _NAME_BEFORE.search(passage[:start]) if words[0][:1].isupper() else None
    if before and before.start() > 0:
        start = before.start()
    if match := _DETERMINER.search(passage[max(start - 9, 0) : start]):
        start -= len(match.group())
    return Range(start=start, end=end)


def _stands_alone(passage: str, answer: Range, word: str) -> bool:
    """Tell whether one word is a whole phrase, not a piece of one."""
    if word[0].isupper() and not word.islower():
        return len(word) > 2
    before = passage[: answer.start].split()[-1:]
    after = passage[answer.end :].split()[:1]
    bounded = not after or not after[0][0].isalnum() or after[0].lower() in STOPWORDS
    return bounded and (not before or before[0].lower() in STOPWORDS or not before[0][-1].isalnum())
