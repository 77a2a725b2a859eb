"""Text as spans: paragraphs, sentences, passages, terms."""
