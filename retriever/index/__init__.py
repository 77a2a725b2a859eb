"""The index on disk: encoder, vectors, words, store and generations."""
