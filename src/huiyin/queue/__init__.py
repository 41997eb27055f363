"""One table for all that the worker does: key, lease, attempts, progress."""
