"""Who is speaking in a quote, where the article says so in the quote itself.

News attributes by a cue verb next to a name ("Ding said", "said Tzu-yun Su, a research fellow") or
by "according to". Only a span of the quote is ever given as the speaker; "he said" names nobody,
so it gives none.
"""

import re

from retriever.records import Quote, Span

_CUES = (
    r"(?:said|says|say|added|adds|told|tells|wrote|writes|warned|warns|argued|argues|noted|notes"
    r"|explained|explains|stated|states|announced|announces|claimed|claims|insisted|insists"
    r"|asked|asks|replied|replies|continued|tweeted|testified|recalled|recalls|urged|urges"
    r"|declared|declares|acknowledged|suggested|suggests|confirmed|confirms|denied|denies)"
)
_TITLED = r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Sen|Rep|Gov|St|[A-Z])\."
_CAPITALISED = rf"(?:{_TITLED}|[A-Z][\w'’-]*)"
_NAME = rf"{_CAPITALISED}(?:\s+(?:(?:of|the|for|de|van|von|al|bin|and|&)\s+)*{_CAPITALISED})*"
# "a spokesperson for the Chinese Foreign Ministry", "the ministry", "its deputy minister"
_WORD = r"(?!(?:of|for|from|at|with|in|on|by|to|and|that|which|who|was|is|were|are)\b)[a-z][\w-]*"
_NOUN = (
    rf"(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s+{_WORD}(?:\s+{_WORD}){{0,3}}"
    rf"(?:\s+(?:of|for|from|at|with)\s+(?:the\s+)?{_NAME})?"
)
_WHO = rf"(?P<who>{_NAME}|{_NOUN})"
_PATTERNS = (
    # Ding also said / Su told VOA / Jane Doe, the mayor, said
    re.compile(
        rf"{_WHO}(?:,[^,“”\"]{{1,80}},)?\s+(?:also\s+|then\s+|later\s+)?{_CUES}\b"
        r"(?!\s+(?:\w+\s+)?by\b)"  # a deal announced Saturday by the Kremlin
    ),
    # ” said Tzu-yun Su / , said a spokesperson for the Chinese Foreign Ministry
    re.compile(rf"(?<=[,”\"’'])\s*{_CUES}\s+{_WHO}"),
    re.compile(rf"[Aa]ccording to (?:a statement (?:from|by) )?{_WHO}"),
)
_NOBODY = re.compile(
    r"(?:He|She|They|It|We|I|You|This|That|These|Those|There|Who|What|But|And|However|Some|Many"
    r"|On|In|At|As|If|When|While|After|Before)\b(?!\s+[A-Z])"
)
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_POSSESSIVE = re.compile(r"['’]s?$")


def speaker_of(quote: Quote) -> Span | None:
    """Return the span of the speaker's name or description inside the quote, or ``None``.

    The first pattern that matches outside quotation marks wins, so words that are themselves
    quoted never name the speaker. A quote over several paragraphs has a speaker only when each of
    them names the same one: what one person says is never put into the mouth of another.
    """
    text = _without_quotations(quote.text)
    found = [_speaker_in(text, *line.span()) for line in _PARAGRAPH.finditer(text)]
    names = {span.of(text) if span else None for span in found}
    first = found[0] if len(names) == 1 else None
    if first is None:
        return None
    return Span(start=quote.start + first.start, end=quote.start + first.end)


def _speaker_in(text: str, start: int, end: int) -> Span | None:
    """Return the speaker named in ``text[start:end]``, a paragraph, as a span of ``text``."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            who = _POSSESSIVE.sub("", match["who"])
            if not _NOBODY.match(who):
                return Span(start=match.start("who"), end=match.start("who") + len(who))
    return None


def _without_quotations(text: str) -> str:
    """Return ``text`` with what stands in quotation marks blanked out, length unchanged."""
    return re.sub(
        r"“[^”]*”|\"[^\"]*\"",
        lambda match: match.group()[0] + " " * (len(match.group()) - 2) + match.group()[-1],
        text,
    )
