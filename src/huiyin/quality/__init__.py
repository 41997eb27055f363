"""How well we served: what customers expected and felt, what inspectors saw."""
