"""Pages about what changes: improvements, signals, groups of complaints and their reports."""
