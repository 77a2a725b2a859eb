"""Questions about the articles as a whole: what they are about, who is in them, the latest of them.

No sentence answers these; the articles' beginnings and a list of names do. A question is taken for
one only as a whole: "Who is mentioned?" is, "Who is mentioned in the will?" is not.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retriever.records import ListingKind
from retriever.text.content_words import content_words


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusQuestion:
    """A question about the articles: what is to be listed, of those on which topic.

    ``topic`` is empty for all articles. ``latest`` asks for the newest first.
    """

    kind: ListingKind
    topic: str = ""
    latest: bool = False


_ARTICLES = (
    r"(?:articles|news(?: articles| stories| reports)?|stories|texts|documents|reports|pieces"
    r"|files|coverage|headlines|top stories)"
)
_CORPUS = (
    r"(?:corpus|collection|archive|index|dataset|data set|database|set of articles"
    r"|collection of articles)"
)
_ALL = (
    r"(?:(?:the|these|those|all|all the|all of the|all these|both|the two|your|my|our|this) )?"
    rf"(?:{_ARTICLES}|{_CORPUS})(?: here| you have| in (?:the|this|your) {_CORPUS})?"
)
_PEOPLE = r"(?:people|persons|names|individuals)"
_WRITERS = r"(?:authors|writers|journalists|reporters|columnists|correspondents)"
_OUTLETS = (
    r"(?:publishers|publications|newspapers|outlets|news outlets|media|media outlets|news sources"
    r"|magazines|sources)"
)
_NAMED = (
    r"(?:(?:most |most often |often )?(?:mentioned|named|quoted|cited|discussed|talked about"
    r"|written about)|in the news)"
)
_NEW = r"(?:latest|newest|most recent|recent|breaking)"
_ABOUT = r"(?:about|on|regarding|concerning)"
_TOPIC = rf"(?: {_ABOUT} (?P<topic>.+))?"
_THERE = r"(?: (?:are there|do you have|have you got|do we have|exist))?"

_ONE = r"(?:the|an|that|this) (?:article|story|report|piece|news)"
_WROTE = r"(?:wrote|has written|writes|authored|reported)"

_LATEST = (
    # what is the latest news about something, the newest articles
    rf"(?:what(?:'s| is| are) |list )?(?:all )?(?:the )?(?:very )?{_NEW}"
    rf" (?:{_ARTICLES}|article|story|report|headline)"
    rf"(?: (?:{_ABOUT}|of|from|in|around) (?P<topic>.+))?",
    rf"(?:what(?:'s| is| are) )?(?:the )?(?:latest|most recent) (?:developments?|updates?)"
    rf"(?: (?:{_ABOUT}|in|with) (?P<topic>.+))?",
    r"what(?:'s| is) the latest(?: (?:about|on|with|regarding|from) (?P<topic>.+))?",
    r"what(?:'s| is) new(?: (?:about|on|with|in|regarding) (?P<topic>.+))?",
    r"(?:the )?latest (?P<topic>\w[\w '’-]{1,40}) (?:news|updates|headlines)",
    r"(?:the )?latest (?:on|about|regarding) (?P<topic>.+)",
    r"(?:any |the )?updates? (?:on|about) (?P<topic>.+)",
)
_HEADLINES = (
    # what are the articles about, what is in this corpus, what do the articles cover
    rf"what(?:'s| is| are) {_ALL}(?: all| mainly| mostly)? about",
    rf"about {_ALL}",
    rf"what(?:'s| is)(?: there)? in {_ALL}",
    r"what(?:'s| is| was| are| were) (?:happening )?in the news",
    r"what (?:happened|has happened|happens) in the news",
    r"what (?:is there|do you have) (?:about|on) (?P<topic>.+)",
    r"(?:what(?:'s| is| are) )?the (?:main|key|most important) (?:topics?|subjects?"
    r"|themes?|stor(?:y|ies))"
    rf"(?: (?:of|in) {_ALL})?",
    rf"what do(?:es)? {_ALL} (?:cover|contain|discuss|say|deal with|talk about|report|tell)",
    r"(?:which|what) (?:topics|subjects|themes|events)(?: (?:are|do|does))?(?: there)?"
    rf"(?: (?:covered|discussed))?(?: (?:in|by))?(?: {_ALL})?"
    r"(?: (?:cover|about|discuss|deal with|talk about|covered|discussed))?",
    r"what (?:can|could|may|should) (?:i|we|one) ask(?: you)?(?: about| here)?",
    # summarise, an overview of the articles on something
    rf"(?:summari[sz]e|sum up)(?: (?:{_ALL}|everything|it all))?{_TOPIC}",
    r"(?:an? |the )?(?:brief |short |quick )?(?:summary|overview|digest|gist|rundown)"
    rf"(?: of (?:{_ALL}|everything))?{_TOPIC}",
    # list the articles, which articles are there on something
    r"(?:list )?(?:all |all of |some )?(?:the |these |your )?(?:articles|headlines"
    r"|everything|anything)"
    rf"{_TOPIC}",
    rf"list (?:{_ALL}|(?:all )?(?:the )?titles){_TOPIC}",
    rf"(?:which|what|how many) (?:articles|news stories|headlines|news){_THERE}{_TOPIC}{_THERE}",
    r"(?:which|what|how many) (?:articles|stories|reports|texts) (?:are about|discuss|cover"
    r"|talk about|deal with|report on|write about|concern) (?P<topic>.+)",
    r"(?:are there |is there |do you have )(?:any |some )?(?:articles|stories|news|coverage"
    r"|headlines)"
    rf"{_TOPIC}",
    r"(?:what(?:'s| is| are) )?(?:the |any |some )?"
    rf"(?:news|top stories|main stories|stories|reports){_TOPIC}",
    r"coverage of (?P<topic>.+)",
    # its date stands beside each
    rf"when (?:was|were) (?:{_ONE}|{_ALL}) {_ABOUT} (?P<topic>.+)"
    r" (?:published|written|printed|posted|released)",
    r"in (?:which|what|how many) (?:articles|stories|reports|texts) (?:is|are|does|do)"
    r" (?P<topic>.+)"
    r" (?:discussed|covered)",
    r"(?!(?:who|what|which|how|where|when|why|the|these|in|by|of)\b)"
    r"(?P<topic>[\w'-]+(?: (?!the\b)[\w'-]+){0,2}) (?:articles|headlines)",
)
_TEXTS = r"(?:articles|news articles|news stories|stories|reports|texts|documents|pieces|files)"
_MENTIONED = r"(?:mentioned|named|written about)"
_IN_THEM = rf"(?: (?:in|by|throughout|across) {_ALL})?"
_MENTIONS = (
    # how many articles mention something, in which of them it is named
    rf"(?:how many|which|what)(?: of (?:the|these|my|your))? {_TEXTS}(?: here| you have)?"
    r" (?:mentions?|names?|contains?|have mentioned) (?:the (?:words?|names?|phrase|term) )?"
    r"(?P<topic>.+)",
    rf"in (?:how many|which|what) {_TEXTS} (?:is|are|was|were) (?P<topic>.+?) {_MENTIONED}",
    rf"in (?:how many|which|what) {_TEXTS} do(?:es)? (?P<topic>.+?) (?:appear|occur|come up)",
    # all mentions of something, how often it is mentioned
    rf"(?:list )?(?:(?:all|every|each|all of)(?: the)? mentions?|mentions) of"
    rf" (?P<topic>.+?){_IN_THEM}",
    r"how many mentions of (?P<topic>.+?)(?: (?:are there|do you have))?" rf"{_IN_THEM}",
    rf"how (?:often|many times) (?:is|are|was|were) (?P<topic>.+?) {_MENTIONED}{_IN_THEM}",
    rf"how (?:often|many times) do(?:es)? {_ALL} (?:mention|name) (?P<topic>.+)",
)
_IN_ALL = rf"(?: (?:in|by|throughout|across) {_ALL}{_TOPIC})?"
_NAMES = (
    rf"list (?:all )?(?:of )?(?:the )?{_PEOPLE}(?: (?:who|that) are)?(?: {_NAMED})?{_IN_ALL}",
    rf"(?:all )?(?:the )?{_PEOPLE} {_NAMED}{_IN_ALL}",
    rf"(?:who|(?:which|what|how many) {_PEOPLE}) (?:is|are|gets?|was|were) {_NAMED}"
    rf"(?: (?:most|the most|most often))?{_IN_ALL}",
    rf"who (?:are|is) (?:all )?the (?:main )?{_PEOPLE} {_NAMED}{_IN_ALL}",
    rf"who (?:are|is)(?: all)? (?:the (?:main |most important )?{_PEOPLE}(?: {_NAMED})?|everyone)"
    rf" (?:in|of) {_ALL}{_TOPIC}",
    rf"(?:who|(?:which|what) {_PEOPLE}) (?:appears?|features?|occurs?|comes? up|is|are) in {_ALL}"
    rf"{_TOPIC}",
    rf"(?:who|(?:which|what) {_PEOPLE}) do(?:es)? {_ALL} (?:mention|name|quote|cite|talk about"
    r"|discuss)",
)
_AUTHORS = (
    rf"list (?:all )?(?:of )?(?:the )?{_WRITERS}(?: (?:of|in) {_ALL})?{_TOPIC}",
    rf"(?:the )?{_WRITERS} (?:of|in) {_ALL}{_TOPIC}",
    rf"(?:which|what|how many) {_WRITERS} (?:are there|do you have|are there in {_ALL}"
    rf"|are in {_ALL}|wrote {_ALL}|have written {_ALL})",
    r"who (?:are|is) (?:all )?the (?:authors|writers)",
    rf"who (?:are|is) (?:all )?the (?:{_WRITERS}|author|writer) (?:of|in) {_ALL}{_TOPIC}",
    rf"who (?:wrote|has written|writes|authored) {_ALL}{_TOPIC}",
    rf"(?:which|what) {_WRITERS} (?:wrote|write|have written|reported|report) (?:about|on)"
    r" (?P<topic>.+)",
    rf"who {_WROTE} {_ONE} {_ABOUT} (?P<topic>.+)",
    rf"who (?:is|was) the (?:author|writer|journalist|reporter) of {_ONE} {_ABOUT} (?P<topic>.+)",
)
_PUBLISHERS = (
    rf"list (?:all )?(?:of )?(?:the )?{_OUTLETS}(?: (?:of|in) {_ALL})?{_TOPIC}",
    rf"(?:the )?{_OUTLETS} (?:of|in) {_ALL}{_TOPIC}",
    rf"(?:which|what|how many) {_OUTLETS} (?:are there|do you have|are there in {_ALL}"
    rf"|are included|are represented|are in {_ALL}|published {_ALL}|are {_ALL} from|do"
    rf" {_ALL} come from)",
    r"(?:who|what) (?:are|is) (?:all )?the (?:publishers|outlets|newspapers|sources)",
    rf"who (?:published|publishes) {_ALL}{_TOPIC}",
    rf"where (?:are|do) {_ALL} (?:from|come from)",
    r"(?:who|(?:which|what) (?:newspaper|publisher|outlet|paper|magazine))"
    rf" (?:published|printed|ran|carried) {_ONE} {_ABOUT} (?P<topic>.+)",
    rf"(?:which|what) {_OUTLETS} (?:wrote about|write about|reported on|report on|covered)"
    r" (?P<topic>.+)",
)
_FORMS = tuple(
    (kind, latest, tuple(re.compile(form, re.IGNORECASE) for form in forms))
    for kind, latest, forms in (
        (ListingKind.MENTIONS, True, _MENTIONS),
        (ListingKind.HEADLINES, True, _LATEST),
        (ListingKind.HEADLINES, False, _HEADLINES),
        (ListingKind.PEOPLE, False, _NAMES),
        (ListingKind.AUTHORS, False, _AUTHORS),
        (ListingKind.PUBLISHERS, False, _PUBLISHERS),
    )
)
_SAID = re.compile(
    rf"what (?:do(?:es)? {_ALL} (?:say|report|write|tell us)|is (?:said|written|reported)|is there)"
    rf" {_ABOUT} (?P<topic>.+)",
    re.IGNORECASE,
)
# Asking politely changes nothing.
_POLITE = re.compile(
    r"^(?:(?:please|hello|hi|ok|okay|so|now),? )*"
    r"(?:(?:can|could|would|will) you (?:please )?|i(?:'d| would)? (?:want|like) (?:you )?to )?"
    r"(?:(?:give|show|find|get|bring)(?: me| us)? |tell (?:me|us) )?",
    re.IGNORECASE,
)
_POLITE_ENDS = re.compile(
    r"(?:,? (?:please|for me|to me|now|briefly|in short"
    r"|in (?:a few|one|two|three|\d+) (?:words?|sentences?|lines?)))+$",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^(?:(?:name|enumerate|list) |(?:a |the )?(?:full |complete |short )?list of )", re.IGNORECASE
)
_SENTENCE = re.compile(
    r"[?!]|^(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did)\b",
    re.IGNORECASE,
)
# Who asks for news asks for the newest.
_NEWS = re.compile(r"\b(?:news|headlines|top stories|main stories)\b", re.IGNORECASE)
_LONGEST_TOPIC = 12  # words; more tell what is wanted by themselves


def corpus_question(text: str) -> CorpusQuestion | None:
    """Return what a question asks about the articles themselves; ``None`` for every other."""
    asked = _without_politeness(text)
    for kind, latest, forms in _FORMS:
        for topic in _topics(forms, asked):
            if not topic or _is_topic(topic) or (kind is ListingKind.MENTIONS and _is_short(topic)):
                news = kind is ListingKind.HEADLINES and bool(_NEWS.search(asked))
                return CorpusQuestion(kind=kind, topic=topic, latest=latest or news)
    return None


def subject_question(text: str) -> CorpusQuestion | None:
    """Return a subject alone ("the war in Ukraine") as a question for the articles on it.

    ``None`` for a sentence; what asks about the articles already is read as that.
    """
    asks = corpus_question(text)
    if asks or not _is_topic(text) or _SENTENCE.search(text):
        return asks
    return CorpusQuestion(kind=ListingKind.HEADLINES, topic=text)


def said_question(text: str) -> CorpusQuestion | None:
    """Return "What do the articles say about X?" as a question for the articles on it.

    A sentence may answer it as well, and better; ``None`` for every other question.
    """
    for topic in _topics((_SAID,), _without_politeness(text)):
        if _is_topic(topic):
            return CorpusQuestion(kind=ListingKind.HEADLINES, topic=topic)
    return None


def _without_politeness(text: str) -> str:
    asked = text.replace("’", "'").strip(" .?!:;,")
    return _LIST.sub("list ", _POLITE_ENDS.sub("", _POLITE.sub("", asked)))


def _topics(forms: Iterable[re.Pattern[str]], asked: str) -> Iterable[str]:
    """Yield the topic that each form finds, as it is typed; empty for all articles."""
    for form in forms:
        if match := form.fullmatch(asked):
            found = match.re.groupindex.get("topic")
            start, end = match.span("topic") if found else (-1, -1)
            yield asked[start:end].strip(" ,") if start >= 0 else ""


def _is_topic(topic: str) -> bool:
    """Tell whether it names a subject, in few enough words."""
    return bool(content_words(topic)) and _is_short(topic)


def _is_short(topic: str) -> bool:
    return len(topic.split()) <= _LONGEST_TOPIC
