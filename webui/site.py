"""What is served, for those who put the page and its programs together."""

from dataclasses import dataclass

from retriever import Index, Notebooks
from webui.chat.feedback import Feedback
from webui.chat.remembered_examples import RememberedExamples
from webui.corpus.curator import Curator


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is served: the index, and what may be kept of it and changed in it.

    ``curator`` changes the corpus; ``examples`` are looked for once the page is wanted, if they are
    not given.
    """

    index: Index
    feedback: Feedback | None = None
    curator: Curator | None = None
    notebooks: Notebooks | None = None
    examples: RememberedExamples | None = None
