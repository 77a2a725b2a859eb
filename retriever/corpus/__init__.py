"""Source files → articles: one reader per format, cleaning, metadata with its provenance."""

from retriever.corpus.discovery import Skipped, Survey, find_sources, survey
from retriever.corpus.reader_pool import interrupt
from retriever.corpus.reading import READING, read_source
from retriever.corpus.source import SourceFile, digest

__all__ = [
    "READING",
    "Skipped",
    "SourceFile",
    "Survey",
    "digest",
    "find_sources",
    "interrupt",
    "read_source",
    "survey",
]
