"""Quotidian: ask your articles a question; they answer in their own words.

    >>> from retriever import build, open_index
    >>> build("seeds", index=".quotidian")            # doctest: +SKIP
    >>> open_index(".quotidian").ask("Who did Rudenko meet?")    # doctest: +SKIP

The public names are loaded when they are first used, so importing the package costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retriever.errors import (
        BuildCancelled,
        CorpusError,
        DatasetError,
        EncoderError,
        IndexBusyError,
        IndexDamagedError,
        IndexMissingError,
        IndexStaleError,
        IndexUnusableError,
        QuestionError,
        QuotidianError,
        SettingsError,
    )
    from retriever.exporters.formats import EXPORT_FORMATS, export
    from retriever.exporters.quote_forms import quote_forms
    from retriever.exporters.references import web_address
    from retriever.exporters.verification import Verdict, verify_answer
    from retriever.indexing.doctor import Finding, examine
    from retriever.library import (
        BuildReport,
        Index,
        Progress,
        Stage,
        build,
        open_configured,
        open_index,
    )
    from retriever.records import (
        Answer,
        Article,
        Coverage,
        Disagreement,
        Failure,
        Filters,
        Footnote,
        Hit,
        LedgerEntry,
        Message,
        Outcome,
        PartialDate,
        Passage,
        Published,
        Quote,
        Scores,
        Span,
        describe,
    )
    from retriever.settings import load_settings

__all__ = [
    "EXPORT_FORMATS",
    "Answer",
    "Article",
    "BuildCancelled",
    "BuildReport",
    "CorpusError",
    "Coverage",
    "DatasetError",
    "Disagreement",
    "EncoderError",
    "Failure",
    "Filters",
    "Finding",
    "Footnote",
    "Hit",
    "Index",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexMissingError",
    "IndexStaleError",
    "IndexUnusableError",
    "LedgerEntry",
    "Message",
    "Outcome",
    "PartialDate",
    "Passage",
    "Progress",
    "Published",
    "QuestionError",
    "Quote",
    "QuotidianError",
    "Scores",
    "SettingsError",
    "Span",
    "Stage",
    "Verdict",
    "build",
    "describe",
    "examine",
    "export",
    "load_settings",
    "open_configured",
    "open_index",
    "quote_forms",
    "verify_answer",
    "web_address",
]
_MODULES = (
    "records",
    "errors",
    "library",
    "exporters.formats",
    "exporters.quote_forms",
    "exporters.references",
    "exporters.verification",
    "indexing.doctor",
    "settings",
)


def __getattr__(name: str) -> object:
    """Find a public name in the module that defines it (PEP 562)."""
    if name in __all__:
        for module in _MODULES:
            defined = import_module(f"retriever.{module}")
            if name in vars(defined):
                return vars(defined)[name]
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
