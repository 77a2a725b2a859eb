"""An article as it is read, with one place marked."""
