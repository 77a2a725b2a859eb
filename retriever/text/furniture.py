"""Sentences that belong to the page and not to what it tells: links, credits, captions, forms.

"Read more: …", "Sign up for our newsletter", "(Reporting by Jo Reyes; Editing by Al Okafor)",
"Jo Reyes/Getty Images". They stay in the article as they are; ranking puts them last, since they
answer no question. Where people say such words ("Click here to vote, officials said"), or only
words like them, it is a sentence as any other.
"""

import re

from retriever.text.lexicon import SPEECH_VERB
from retriever.text.quotations import has_quotation_mark, without_quotations

_LONGEST = 400  # code points; furniture is short, and what is longer tells something
_AGENCIES = (
    r"(?:Getty(?:\s+Images)?|R(?:euters|EUTERS)|AP|AFP|EPA|PA|dpa|Associated Press"
    r"|Agence France-Presse|Shutterstock|Alamy|iStock\w*|Bloomberg|Xinhua|Anadolu(?:\s+Agency)?"
    r"|Sipa|NurPhoto|[A-Z]\w+\s+Images)(?!\w|\s+(?:polls?|surveys?|data|study)\b)"
)
_NETWORKS = (
    r"(?:Twitter|X|Facebook|Instagram|Threads|TikTok|YouTube|LinkedIn|Telegram|WhatsApp|Bluesky"
    r"|Mastodon|social\s+media)"
)
_MAILINGS = (
    r"(?:newsletters?|e-?mails?|mailing\s+list|(?:text|e-?mail|news)\s+(?:alerts?|updates?)"
    r"|podcasts?|apps?|inbox)"
)
# What stands behind such a label and a colon leads elsewhere, or is a picture.
_LABEL = (
    r"(?:(?:read|see|watch|learn|hear)\s+(?:more|also|next|now|here)|more(?:\s+(?:on\s+this|from))?"
    r"|also\s+(?:read|see|watch)|must\s+(?:read|watch|see)|don[’']t\s+miss|most\s+read|up\s+next"
    r"|related(?:\s+(?:articles?|stor(?:y|ies)|content|links?|coverage))?|further\s+reading"
    r"|(?:you\s+)?(?:may|might)\s+also\s+like|recommended|trending|in\s+pictures"
    r"|(?:(?:photo|image|picture|video|graphic)\s+)?(?:credits?|courtesy)"
    r"|(?:file\s+)?(?:photo(?:graph)?|image|picture|graphic|illustration|video)s?)"
)
_REQUEST = (
    r"(?:(?:click|tap)\s+(?:here|(?:on\s+)?th(?:e|is)\s+(?:link|button|image|photo)|below)\b"
    rf"|sign\s+up\b(?=.*\b(?:here|now|our|{_MAILINGS})\b)"
    rf"|subscribe\b(?=.*(?:\b(?:here|now|today|our|us|{_MAILINGS})\b|\w\.com\b))"
    rf"|follow\s+(?:along\s+)?here\b|follow\b(?=.*\bon\s+(?:our\s+)?{_NETWORKS}\b)|(?:like|join|find|follow)\s+us\b"
    r"|read\s+(?:more(?=\s+(?:about|on|of|from|in|at|here)\b|\W*$)|our\b|it\s+here\b"
    r"|the\s+(?:full|whole|original)\s+(?:article|story|report|interview|text)\b)"
    r"|(?:watch(?!\s+out)|listen\s+to|hear|see|view)\b(?=.*\b(?:here|above|below)\W*$)"
    rf"|(?:download|get)\s+(?:the|our|all|more)\b(?=.*\b{_MAILINGS}\b)"
    r"|hit\s+play\b|scroll\s+down\b|swipe\s+(?:left|right|up)\b|share\s+this\b|back\s+to\s+top\b"
    r"|skip\s+to\s+(?:main\s+)?content\b|support\s+(?:[\w-]+\s+){0,2}journalism\b"
    r"|(?:e-?mail|contact)\s+(?:us|the\s+(?:author|reporter|writer|newsroom))\b)"
)
_LEAD = (
    r"(?:[^\s:][^:]{2,50}:\s*)?(?:(?:for|to|if)\s[^,]{1,120},\s+)?(?:please\s+|just\s+"
    r"|you\s+can\s+(?:also\s+)?)?"
)
# Nothing but names behind "Reporting by": "Reporting by Reyes showed that …" tells something.
_NAMES_ONLY = (
    r"(?:\s*(?:[A-Z][\w.’'-]*+|(?:in|at|and|by|for|of|the|from|with|additional|reporting|editing"
    r"|writing|translation|graphics)\b|[,;.&/|()–-]))+$"
)
_NAME = r"(?:[A-Z][\w.’'-]*+\s+){1,4}[A-Z][\w.’'-]*+"

_LABELLED = re.compile(
    rf"\W*(?:{_LABEL}\s*[:»>→|]\s*+(?-i:(?![a-z]))|(?:hide|show|view|toggle)\s+caption\b)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\W*(?:(?i:(?:(?:additional|further)\s+)?(?:reporting|writing|edit(?:ing|ed)|photo(?:graph)?s?"
    r"|pictures?|images?|translat(?:ion|ed)|compiled|produced|graphics?)(?:\s+and\s+\w+)?\s+by)"
    rf"{_NAMES_ONLY}|{_NAME}\s?/\s?(?:[\w.’' -]{{2,30}}/\s?)?{_AGENCIES}"
    rf"|(?:{_NAME}\s+)?(?:via\s+)?{_AGENCIES}\W*$|©|\([cC]\)\s+\d{{4}}|(?i:copyright)\s+\d{{4}})"
)
_OPENS = re.compile(
    rf"\W*{_LEAD}{_REQUEST}|\W*editor[’']s\s+note:"
    r"|\W*(?:advertisement|sponsored(?:\s+content)?)\W*$"
    r"|\W*this\s+(?:article|story|page|post)\s+(?:(?:was\s+)?(?:first|originally)\s+"
    r"(?:published|appeared)|(?:has\s+been|will\s+be|is\s+being)\s+updated|recaps"
    r"|is\s+(?:part\s+of|developing|no\s+longer))\b",
    re.IGNORECASE,
)
# Wherever it stands.
_HOLDS = re.compile(
    r"(?<=[,;]\s)(?:please\s+)?(?:click|tap)\s+here\b"
    r"|\bcontributed\s+(?:reporting|to\s+this\s+(?:report|story|article))\b"
    r"|\bnewsletter:|\byour\s+inbox\b|\bsign\s+up\s+(?:for\s+(?:the|it|our|this)\s+(?:\w+\s+)?)?here\b"
    r"|\bversion\s+of\s+this\s+(?:article|story|piece|column|report)\s+(?:was\s+)?"
    r"(?:(?:first|originally|also|previously)\s+)?(?:appear|publish|ran\b)"
    r"|\ball\s+rights\s+reserved\b",
    re.IGNORECASE,
)
_SAID = re.compile(rf"\b(?:{SPEECH_VERB}|according\s+to)\b")


def is_furniture(sentence: str) -> bool:
    """Tell whether a sentence is a link, a credit, a caption or a form, rather than told news.

    One that tells what somebody said, or begins with a quotation, is none, labelled ones aside.
    """
    if len(sentence) > _LONGEST:
        return False
    if _LABELLED.match(sentence) or _CREDIT.match(sentence):
        return True
    shown = without_quotations(sentence) if has_quotation_mark(sentence) else sentence
    if shown.startswith("“") or not (_OPENS.match(shown) or _HOLDS.search(shown)):
        return False
    return not _SAID.search(shown)
