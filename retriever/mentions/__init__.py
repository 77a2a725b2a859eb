"""Every mention of words, counted exactly: an expression, and where the articles hold it."""
