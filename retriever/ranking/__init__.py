"""From a query to hits: candidates of both channels, then scored sentence by sentence."""
