"""From scored sentences to an answer: which are quoted, who speaks, and when to refuse."""
