"""PDF: lines, put in the order in which they are read, joined to paragraphs."""
