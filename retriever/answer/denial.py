"""Questions for what is not so: "Who did not sign?" is answered by a sentence that denies it.

A sentence that says who signed has all the words of the question, and is about the opposite. Of the
8 such questions of six sets that have an answer, the evidence of all denies something; of 22 of
squad2 that have none and were answered, 13 were by what affirms.
"""

import re

from retriever.text.terms import fold_word

_DENIES = re.compile(
    r"\b(?:not|never|cannot)\b(?! only)"
    r"|\b(?:did|do|does|is|are|was|were|has|have|had|can|could|would|should|wo|ca)n['’]?t\b"
)
_ASKS = re.compile(r"^(?:\w+ ){0,4}?(?:who|whom|whose|what|which|where|when|how (?:many|much))\b")
# What comes behind is said of something else: "What has matter that Newton did not describe?"
_CLAUSE = re.compile(
    r"(?<=\w) (?:that|who|which|because|if|when|where|why|although|but|to make sure)\b"
)
_DENIAL = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|hardly|barely|little|few"
    r"|only|but|rather|instead|except|unable|less|refus\w+|den(?:y|ied|ies|ying)|fail\w*|lack\w*"
    r"|reject\w*|declin\w+|avoid\w*|oppos\w+|exclud\w+|prevent\w*|prohibit\w*|stop\w*|bann?\w*"
    r"|miss\w*|absen\w+|un\w+ed|in(?:dependent|capable|sufficient|eligible)\w*|dis\w+|non\w*)\b"
    r"|n['’]t\b"
)


def asks_for_a_denial(question: str) -> bool:
    """Tell whether a question asks who or what does not do or have something."""
    lowered = fold_word(question)
    found, asks = _DENIES.search(lowered), _ASKS.search(lowered)
    return bool(found and asks and not _CLAUSE.search(lowered, asks.end(), found.start()))


def denies(text: str) -> bool:
    """Tell whether a text holds a word that denies or restricts something."""
    return bool(_DENIAL.search(fold_word(text)))
