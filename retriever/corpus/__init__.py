"""Source files → articles: one reader per format, cleaning, metadata with its provenance."""

from retriever.corpus.discovery import Skipped, Survey, survey
from retriever.corpus.reader_pool import ReaderPool
from retriever.corpus.reading import READING, read_source
from retriever.corpus.source import SourceFile, digest

__all__ = [
    "READING",
    "ReaderPool",
    "Skipped",
    "SourceFile",
    "Survey",
    "digest",
    "read_source",
    "survey",
]
