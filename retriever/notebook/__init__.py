"""Quotes that were pinned, with notes of their owner's own: kept, checked again, exported."""
