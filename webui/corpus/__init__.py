"""The corpus as it is seen and changed: catalogue, list, plot, uploads, rebuilds."""
