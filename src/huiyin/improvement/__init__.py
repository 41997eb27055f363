"""Why it happened and what changes."""
