"""JSON and JSON Lines: one article a record."""
