"""Question and passage read together: which words answer, or that none do."""
