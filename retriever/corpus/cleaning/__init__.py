"""Taking away what is not the article, line by line."""
