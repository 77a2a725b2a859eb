"""The write path: source files to passages, vectors and words, published as a generation."""
