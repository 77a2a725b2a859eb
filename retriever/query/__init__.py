"""What was asked: the question, its conversation, its spelling, and what it asks for."""
