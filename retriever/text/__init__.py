"""Text as spans: sentences, passages, and folding for matching."""
