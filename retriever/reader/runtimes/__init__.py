"""What runs the bundled reader's network: one file a runtime, and a registry that chooses."""
