"""HTML, from its bytes to blocks of text, wherever it stands."""
