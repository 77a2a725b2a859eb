"""Answers for others: files of other formats, pasted references, and the check of saved ones."""
