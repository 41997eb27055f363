"""Long-running and one-off commands."""
