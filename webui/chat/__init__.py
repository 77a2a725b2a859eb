"""What is asked and answered: conversations, cards, what was taken for granted, the welcome."""
