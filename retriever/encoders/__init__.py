"""Text to vectors: the bundled network, any sentence-transformers model, their fingerprints."""
