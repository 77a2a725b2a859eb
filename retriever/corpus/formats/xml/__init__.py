"""XML: feeds, and the exchange formats of newsrooms."""
