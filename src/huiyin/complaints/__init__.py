"""The life of a complaint."""
