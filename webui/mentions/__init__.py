"""The mentions view: every mention of words, counted by month and publisher, and listed."""
