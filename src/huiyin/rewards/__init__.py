"""Pay, prizes and penalty proposals."""
