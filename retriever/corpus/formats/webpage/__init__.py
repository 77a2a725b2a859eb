"""Saved web pages: the article found among the rest, and what the page states of it."""
