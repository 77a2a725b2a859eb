"""Checking a draft: whether the quotations in it stand in the articles, word for word."""
