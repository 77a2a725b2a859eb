"""From a question to hits: query, channels, fusion, evidence."""
