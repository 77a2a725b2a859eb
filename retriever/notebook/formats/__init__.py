"""A notebook as a file for others: one module a format, listed in :mod:`registry`."""
