"""How well we served."""
