"""What an article is made of, whatever its format: paragraphs, dates, names, notes."""
