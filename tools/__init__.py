"""What `x` can do. Standard library alone: it runs before anything is installed."""
