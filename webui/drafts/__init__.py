"""The view that checks a draft, and asks a list of questions."""
