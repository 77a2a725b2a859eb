"""The nouns that travel between the stages.

All are frozen, slotted and keyword-only. A span owns no text: ``text`` is always sliced from the
article, so ``article.text[quote.start:quote.end] == quote.text`` holds by construction. Offsets
are half-open and count Unicode code points of :attr:`Article.text`.
"""

from retriever.records.answers import Answer, ComputedDay, Disagreement, Outcome, Quote
from retriever.records.articles import Article, Footnote, Published, Span, describe
from retriever.records.catalogue import CatalogueEntry, ListPage, ListRequest
from retriever.records.coverage import Coverage, Failure, LedgerEntry
from retriever.records.dates import PartialDate
from retriever.records.listings import Listed, Listing, ListingKind
from retriever.records.mentions import Mention, Mentions, Tally
from retriever.records.passages import Hit, Passage, Scores
from retriever.records.prints import Cluster, Print, Version, is_first, prints_in_words
from retriever.records.questions import Filters, Message
from retriever.records.scope import scope_in_words
from retriever.records.short_answers import ShortAnswer, short_answers

__all__ = [
    "Answer",
    "Article",
    "CatalogueEntry",
    "Cluster",
    "ComputedDay",
    "Coverage",
    "Disagreement",
    "Failure",
    "Filters",
    "Footnote",
    "Hit",
    "LedgerEntry",
    "ListPage",
    "ListRequest",
    "Listed",
    "Listing",
    "ListingKind",
    "Mention",
    "Mentions",
    "Message",
    "Outcome",
    "PartialDate",
    "Passage",
    "Print",
    "Published",
    "Quote",
    "Scores",
    "ShortAnswer",
    "Span",
    "Tally",
    "Version",
    "describe",
    "is_first",
    "prints_in_words",
    "scope_in_words",
    "short_answers",
]
