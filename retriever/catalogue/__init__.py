"""What a corpus holds, article by article: listed a page at a time, searched and counted."""
