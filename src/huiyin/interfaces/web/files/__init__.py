"""Attached files, given to whoever may read them."""
