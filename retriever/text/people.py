"""The people that a text names, by name and surname.

A run of words with capitals is taken for a person where the text treats it as one: it stands behind
"President", "Mr" or "spokesman", goes on with ", 47," or ", who", or its last word comes back alone
("Yevgeny Prigozhin … Prigozhin said"), as that of "North Korea" or "the Wagner Group" does not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retriever.records import Span
from retriever.records.dates import MONTH_NUMBERS
from retriever.text.content_words import is_content
from retriever.text.lexicon import DAY_WORDS

# A point stands behind an initial and a short title; behind any other word a sentence ends.
_POINT = (
    r"(?:(?:(?<=\b[A-Z])|(?<=\b(?:Mr|Ms|Dr|Lt|St|Jr))"
    r"|(?<=\b(?:Mrs|Sen|Rep|Gov|Gen|Col|Maj|Sgt|Rev))|(?<=\b(?:Prof|Capt)))\.)?"
)
_CAPITAL = r"[^\W\d_a-z][\w'’-]*"
_PARTICLE = r"(?:(?:de|da|del|della|di|du|la|le|van|von|der|den|bin|ben|al|el|ibn) ){0,2}"
_RUN = re.compile(
    rf"(?:(?P<the>\b[Tt]he )|(?P<before>\b[a-z]+ ))?"
    rf"(?<![\w'’-])(?P<run>{_CAPITAL}(?:{_POINT} {_PARTICLE}{_CAPITAL}){{0,6}})"
)
_WORD = re.compile(r"[\w'’-]+")
_LOWER = re.compile(r"(?<![\w'’-])[a-z]{2,}(?![\w'’-])")
_POSSESSIVE = re.compile(r"['’]s?$")
_COMPOUND = re.compile(r"-[a-z]{4}|['’]s$")  # "Beijing-based", "CNN’s"
_GOES_ON = re.compile(r",? (?:\d{1,2}|who|whose)\b,?|, \d{1,3},")
# Stand before the name of a person.
_PERSONAL = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess pope president"
    " chancellor senator sen rep representative congressman congresswoman gov governor mayor judge"
    " justice gen general col colonel maj major capt captain lt lieutenant sgt sergeant admiral"
    " commander detective officer inspector coach reverend rev minister premier secretary"
    " ambassador director chairman chairwoman chair chief spokesman spokeswoman spokesperson leader"
    " commissioner".split()
)
_OCCUPATIONS = _PERSONAL | frozenset(
    "activist actor actress analyst artist attorney author billionaire candidate economist editor"
    " executive expert founder journalist lawyer musician owner physician politician producer"
    " reporter researcher resident rapper scientist singer star teacher writer brother daughter"
    " father husband mother sister son wife".split()
)
# Stand before a name as well, but before other things too.
_ROLES = _PERSONAL | frozenset(
    "prime foreign defense defence interior finance energy transport deputy vice attorney former"
    " executive speaker acting democrat republican democratic state".split()
)
# Begin, and end, the names of what is no person.
_OPENS_A_THING = frozenset(
    "north south east west northern southern eastern western central new great grand upper lower"
    " los las san santa port mount lake cape fort hurricane tropical super house senate public"
    " national international united federal royal black white red blue green gold golden silver"
    " big little high good".split()
)
_ENDS_A_THING = frozenset(
    "group party ministry university street avenue road square county city state states court house"
    " senate committee council agency department office institute college school hospital company"
    " corp corporation inc ltd bank times post news journal church airport river lake sea ocean bay"
    " island islands park day war act league cup prize award awards union nations republic kingdom"
    " studies center centre museum theatre theater association federation foundation force army"
    " navy police service security games bridge harbour harbor port station club fc airlines"
    " republicans democrats hill tower".split()
)
_NOT_IN_NAMES = DAY_WORDS | MONTH_NUMBERS.keys() - {"may", "april", "june"}
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPerson:
    """A full name, where a text has it first, and whether the text treats it as a person's."""

    name: str
    span: Span
    treated_as_one: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """A run of words with capitals without what only stands before a name, and how it stands."""

    span: Span
    words: tuple[str, ...]
    after_the: bool
    as_person: bool


def people_named(text: str) -> list[NamedPerson]:
    """Return the full names that may be people's, in the order of the text, each once."""
    runs = [_run_of(text, match) for match in _RUN.finditer(text)]
    ordinary = set(_LOWER.findall(text))
    named = [run for run in runs if not run.after_the and _may_be_person(run.words, ordinary)]
    surnames = {run.words[-1] for run in runs if run.words and run.as_person}
    surnames |= {run.words[0] for run in runs if len(run.words) == 1 and not run.after_the}
    first: dict[str, Span] = {}
    for run in named:
        first.setdefault(run.span.of(text), run.span)
    return [
        NamedPerson(name=name, span=span, treated_as_one=_WORD.findall(name)[-1] in surnames)
        for name, span in first.items()
    ]


def _run_of(text: str, match: re.Match[str]) -> _Run:
    """Return what a run names: the words behind its last title, without a possessive s."""
    start = match.start("run")
    end = start + len(_POSSESSIVE.sub("", match["run"]))
    words = [*_WORD.finditer(text, start, end)]
    folded = [word.group().lower() for word in words]
    titles = [n for n, word in enumerate(folded) if word in _ROLES]
    first = titles[-1] + 1 if titles else 0
    while first < len(words) and not is_content(folded[first]) and len(folded[first]) > 1:
        first += 1  # "But Peskov", "In Moscow"
    personal = bool(titles) and bool(_PERSONAL & set(folded[:first]))
    before = (match["before"] or "").strip()
    return _Run(
        span=Span(start=words[first].start() if first < len(words) else end, end=end),
        words=tuple(word.group() for word in words[first:]),
        after_the=bool(match["the"]) and not personal,
        as_person=personal or before in _OCCUPATIONS or bool(_GOES_ON.match(text, end)),
    )


def _may_be_person(words: Sequence[str], ordinary: set[str]) -> bool:
    """Tell whether words with capitals may be a full name.

    A word that the same text has in small letters too is no name: "Public Health", "Hurricane Ian".
    """
    folded = [word.lower() for word in words]
    if not 2 <= len(words) <= _MOST_WORDS or len(folded[-1]) < 2:
        return False
    ends = {folded[0]} if is_content(folded[0]) else set()
    return not (
        folded[0] in _OPENS_A_THING
        or folded[-1] in _ENDS_A_THING
        or (ends | {folded[-1]}) & ordinary
        or _NOT_IN_NAMES & set(folded)
        or any(word.isupper() and len(word) > 2 for word in words)
        or words[-1].isupper()
        or (len(words) == 2 and len(words[0]) == 1)  # "W. Bush", behind "George"
        or any(_COMPOUND.search(word) for word in words)
    )
