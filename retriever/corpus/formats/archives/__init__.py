"""Zip and tar archives, and single compressed files."""
