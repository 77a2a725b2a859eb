"""What a question has in quotation marks, and what it says itself."""

import re

from retriever.text.sentences import sentence_spans
from retriever.text.terms import terms

# A straight mark behind a letter or digit closes, or stands for inches: 5" or 6". A single one
# inside a word is an apostrophe.
_MARKED = re.compile(
    r"[“„]([^“”„]+)[“”]|(?<!\w)\"([^\"]+)\"|«([^«»]+)»|»([^«»]+)«|「([^「」]+)」"
    r"|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)"
)
_LEFT_OUT = re.compile(r"(?:\.\s*){3,}|…|\[[^\]]*\]")  # and put in


def quoted(question: str) -> tuple[str, ...]:
    """Return what stands in quotation marks, sentence by sentence, each once.

    Parts without a content word are left out: they stand everywhere.
    """
    marked = ("".join(filter(None, match.groups())) for match in _MARKED.finditer(question))
    whole = (part for text in marked for part in _LEFT_OUT.split(text))
    parts = (span.of(part).strip(" ,.;:!?") for part in whole for span in sentence_spans(part))
    return tuple(dict.fromkeys(part for part in parts if terms(part)))


def unquoted(question: str) -> str:
    """Return the question without what stands in quotation marks."""
    return _MARKED.sub(" ", question)
