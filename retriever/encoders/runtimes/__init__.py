"""What runs an encoder's network: one file a runtime, and a registry that chooses among them."""
