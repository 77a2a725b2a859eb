"""Source files → articles: one reader per format, cleaning, metadata with its provenance."""

from retriever.corpus.discovery import find_sources
from retriever.corpus.reading import READING, read_source
from retriever.corpus.source import SourceFile, digest

__all__ = ["READING", "SourceFile", "digest", "find_sources", "read_source"]
