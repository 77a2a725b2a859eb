"""Questions as a table: many of them at once, each with its row of answers."""
