"""The closed classes of words that the program knows: one lexicon a language, written by hand.

Another language is another entry of :data:`LEXICONS`; what has none is read as English is.

None of them is tuned to a data set; where a word was moved by measurement, the comment says so.
Names of months stand in :mod:`retriever.records.dates`.
"""

import hashlib
from dataclasses import dataclass

# The verbs by which news tells who said something.
_PAST = (
    "said told added warned argued noted explained stated announced claimed insisted asked replied"
    " tweeted testified recalled urged declared acknowledged suggested confirmed denied"
    " responded concluded remarked admitted emphasized emphasised lamented pledged vowed promised"
    " commented observed predicted complained joked quipped asserted maintained cautioned revealed"
    " disclosed conceded countered reiterated stressed exclaimed mused boasted contended alleged"
    " reported answered accused"
).split()
_PRESENT = (
    "says tells adds writes warns argues notes explains announces claims insists asks"
    " replies testifies recalls urges declares acknowledges suggests confirms denies responds"
    " concludes admits emphasizes emphasises predicts complains asserts maintains cautions reveals"
    " concedes stresses contends alleges"
).split()
SPEECH_VERB = rf"(?:{'|'.join(sorted([*_PAST, *_PRESENT, 'say', 'wrote']))}|continued(?!\s+to\b))"
"""A regular expression, without borders, for one such verb in its finite forms."""

# What English adds for grammar's sake alone. Question words and auxiliaries are among them: they
# say what kind of answer is wanted, not what it is about (inscit +4.5 points of recall@1, squad2
# +1.1). Prepositions of place and words such as "first" and "most" are not: they tell answers
# apart (inscit +1.1).
STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then"
    " there these they this to was will with"
    " what which who whom whose when where why how do does did done has have had were been being am"
    " i me my we us our you your he him his she her hers its them from about can could would should"
    " may might".split()
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # known by identity: it is a key
class Lexicon:
    """What makes index terms of the words of a language.

    ``code`` is that of ISO 639-1, ``stemmer`` the name of one of Snowball's, ``None`` for a
    language that is not stemmed. ``stop_words`` are folded.
    """

    code: str
    stemmer: str | None
    stop_words: frozenset[str]

    @property
    def version(self) -> str:
        """Its code, and a hash of what it makes of words: another one makes other terms."""
        content = " ".join([self.stemmer or "", *sorted(self.stop_words)])
        return f"{self.code}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


ENGLISH = Lexicon(code="en", stemmer="english", stop_words=STOP_WORDS)
LEXICONS = {lexicon.code: lexicon for lexicon in (ENGLISH,)}


def lexicon_of(language: str | None) -> Lexicon:
    """Return the lexicon of a code such as ``en-GB``; that of English where there is none."""
    return LEXICONS.get((language or "").lower().partition("-")[0], ENGLISH)


PERSONAL_PRONOUNS = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs"
    " themselves".split()
)
# What holds a sentence together beside the stop words of the index.
FUNCTION_WORDS = STOP_WORDS | frozenset(
    "above across after again against all along also although among another any anybody"
    " anyone anything aren't around because before behind below beneath beside between beyond"
    " both can't cannot couldn't didn't doesn't doing don't down during each either else even"
    " ever every everybody everyone everything except few hadn't hasn't haven't having he's"
    " here herself himself how's however i'd i'll i'm i've if inside instead isn't it's itself"
    " just least less let's ll many mine more much must myself near neither never nobody nor"
    " nothing now off one only onto other ought ours ourselves out outside over own per re"
    " same several shall she's shouldn't since so some somebody someone something still than"
    " that's theirs themselves there's they're those though through throughout till too toward"
    " towards under unless until up upon ve very via wasn't weren't what's where's whether"
    " while who's within without won't wouldn't yes yet you're yours yourself yourselves".split()
)
# Words of talking about asking: they say that something is wanted, not what.
CONVERSATION_WORDS = frozenset(
    "please thanks thank hello hi ok okay sure oh well right tell give show say find get know learn"
    " read explain describe mention mentioned want like interested happen happens happened thing"
    " things kind sort article articles text passage page story information info detail details"
    " fact facts aspect aspects interesting important notable significant".split()
)
NO_CONTENT = FUNCTION_WORDS | CONVERSATION_WORDS | PERSONAL_PRONOUNS

NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty"
    " forty fifty hundred thousand million billion trillion dozen half third quarter percent first"
    " second".split()
)
DAY_WORDS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday century".split()
)
