"""Questions for the body that somebody works or speaks for, and the ways in which news tells it.

"Where does Jo Reyes work?" shares no word but the name with what answers it: "Jo Reyes, a fellow at
the Basin Institute", "Northline spokeswoman Jo Reyes", "Reyes of the Observer". So little of the
question stands there that the score alone would refuse it.
"""

import re
from dataclasses import dataclass

from retriever.text.lexicon import SPEAKING_NOUNS

_NAME = r"(?P<name>[A-Z][\w’'-]*(?:\s+[\w’'-]+){0,4}?)"
_BODY = (
    r"(?:institut(?:e|ion)|organi[sz]ation|company|firm|agency|employer|think[ -]tank|group|body"
    r"|newspaper|paper|broadcaster|ministry|department|bank|hospital|authority|office|council)"
)
_PLACE_OF_LEARNING = r"(?:university|college|school|academy)"
_WORKS = (
    r"(?:works?|working|teach(?:es)?|belongs?|represents?|speaks?|lectures?|research(?:es)?|serves?"
    r"|report)"
)
_FOR = r"(?:\s+(?:for|at|to|with|in|on behalf of))?"
_DOES = r"(?:does|did|do)"
_ASKS_OF_SOMEBODY = tuple(
    re.compile(rf"^{pattern}\W*$", re.IGNORECASE)
    for pattern in (
        rf"where {_DOES} (?-i:{_NAME})\s+(?:works?|teach(?:es)?|lectures?|research(?:es)?){_FOR}",
        rf"(?:who|what|whom) {_DOES} (?-i:{_NAME})\s+"
        rf"(?:represents?|{_WORKS}\s+(?:for|to|on behalf of))",
        rf"(?:for|at|on behalf of) (?:what|which|whom) (?:{_BODY} )?{_DOES} (?-i:{_NAME})\s+"
        rf"{_WORKS}",
        rf"(?:what|which) (?P<body>{_BODY}|{_PLACE_OF_LEARNING}) {_DOES} (?-i:{_NAME})\s+"
        rf"{_WORKS}{_FOR}",
        rf"(?:what|which) (?P<body>{_BODY}|{_PLACE_OF_LEARNING}) (?:is|was) (?-i:{_NAME})\s+"
        r"(?:from|with|at|of|affiliated with|employed (?:by|at))",
        rf"(?:who|whom) (?:is|was) (?-i:{_NAME})\s+(?:employed by|affiliated with|speaking for)",
        rf"where (?:is|was) (?-i:{_NAME})\s+(?:employed|working|teaching)",
    )
)
_ASKS_FOR_SPEAKER = re.compile(
    r"^who (?:speaks|spoke|is speaking) (?:for|on behalf of) (?:the )?"
    r"(?P<body>[A-Z][\w’'.&-]*(?:\s+[\w’'.&-]+){0,4})\W*$",
    re.IGNORECASE,
)
_AT = r"(?:at|of|for|from|with|in)\s+(?:the\s+|an?\s+)?(?:[a-z]+\s+)?"
_LEARNED = re.compile(r"\b(?:University|College|School|Academy|Institute|Polytechnic)\b")
_SPOKESPERSON = r"spokes(?:man|men|woman|women|person|people)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedAffiliation:
    """Whose body is asked for, by the last word of their ``name``, or who speaks for a ``body``.

    ``learned`` tells that it is a university or a school.
    """

    name: str = ""
    body: str = ""
    learned: bool = False

    def is_told_in(self, text: str) -> bool:
        """Tell whether a text says it, in one of the ways in which news does."""
        told = _told_body(self.name, text) if self.name else _told_speaker(self.body, text)
        return told is not None and (not self.learned or bool(_LEARNED.search(told)))


def asked_affiliation(question: str) -> AskedAffiliation | None:
    """Return which affiliation a question asks for; ``None`` where it asks for something else."""
    speaker = _ASKS_FOR_SPEAKER.match(question)
    if speaker and speaker["body"][0].isupper():
        return AskedAffiliation(body=speaker["body"].split()[-1])
    found = next(filter(None, (one.match(question) for one in _ASKS_OF_SOMEBODY)), None)
    if found is None:
        return None
    body = found.groupdict().get("body") or ""
    learned = re.fullmatch(_PLACE_OF_LEARNING, body, re.IGNORECASE) is not None
    return AskedAffiliation(name=found["name"].split()[-1], learned=learned)


def _told_body(name: str, text: str) -> str | None:
    """Return the words that tell which body somebody with a surname belongs to."""
    last = rf"\b{re.escape(name)}\b"
    ways = (
        rf"{last}(?:\s?\([^()]*\)|,\s?\d{{1,3}})?,\s+(?:[a-z][^.;,]*?)\b{_AT}[A-Z][^.;,]*",
        # Not "Reyes of Ostrey", which tells where she comes from.
        rf"{last}\s+(?:of|at|from|with)\s+(?:the\s+[A-Z]|[A-Z]\S*\s+(?:(?:&|of)\s+)?[A-Z])[^.;,]*",
        rf"\b(?P<role>[\w-]+)\s+{_AT}[A-Z][^.;,]*,\s+(?:[A-Z][\w.’'-]*\s+){{0,3}}{last}",
        rf"\b[A-Z][\w&.]*(?:[’']s)?\s+(?:[a-z-]+\s+){{0,2}}(?P<role2>[a-z-]+),?\s+"
        rf"(?:[A-Z][\w.’'-]*\s+){{0,3}}{last}",
        rf"\b(?P<role3>{_SPOKESPERSON}),\s+(?:[A-Z][\w.’'-]*\s+){{0,3}}{last}",
    )
    for way in ways:
        for match in re.finditer(way, text):
            role = next((match[key] for key in match.groupdict() if match[key]), None)
            if role is None or SPEAKING_NOUNS.fullmatch(role):
                return match.group()
    return None


def _told_speaker(body: str, text: str) -> str | None:
    """Return the words that tell who speaks for a body."""
    named = rf"\b{re.escape(body)}\b"
    ways = (
        rf"{named}(?:[’']s)?\s+(?:[a-z-]+\s+)?{_SPOKESPERSON},?\s+[A-Z]\w*",
        rf"\b[A-Z]\w*,[^.;,]*\b{_SPOKESPERSON}\s+(?:for|of|at)\s+(?:the\s+)?[^.;,]*?{named}",
        rf"\b{_SPOKESPERSON}\s+(?:for|of|at)\s+(?:the\s+)?[^.;,]*?{named},?\s+[A-Z]\w*",
    )
    return next((found.group() for way in ways if (found := re.search(way, text))), None)
