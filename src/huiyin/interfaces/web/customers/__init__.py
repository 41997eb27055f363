"""One customer in one page."""
