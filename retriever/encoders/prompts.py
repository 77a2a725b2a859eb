"""What a model is told to put before a question, and before a document.

Many models of today were trained with one: without it they rank as if half blind. Which one stands
where is what ``encode_query`` and ``encode_document`` of sentence-transformers choose, with one
difference: release 6.2 passes over a "passage" or "corpus" prompt, which its own manual promises
for documents, because "document" is there and empty.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from retriever.encoders.layout import setting

FILE = "config_sentence_transformers.json"
# A prompt called otherwise, the default one as well, is for another task than search.
DOCUMENT_PROMPTS = ("document", "passage", "corpus")


class TextRole(StrEnum):
    """What a text is: something asked, or something to be found."""

    QUERY = "query"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """The prompt of each role, empty where there is none."""

    query: str = ""
    document: str = ""

    def of(self, role: TextRole) -> str:
        """Return the prompt that stands before a text."""
        return self.query if role is TextRole.QUERY else self.document


NO_PROMPTS = Prompts()


def read_prompts(folder: Path) -> Prompts:
    """Return the prompts that the model in ``folder`` states.

    :raises EncoderError: when its settings cannot be read.
    """
    stated = setting(folder / FILE, "prompts", dict) or {}
    document = next((stated[name] for name in DOCUMENT_PROMPTS if stated.get(name)), "")
    return Prompts(query=str(stated.get("query") or ""), document=str(document))
