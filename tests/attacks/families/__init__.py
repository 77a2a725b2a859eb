"""The attacks, a file a family."""
