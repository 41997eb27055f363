"""Pages that measure service: what customers expected and felt, what inspectors saw."""
