"""Why it happened and what changes: improvement items, early warning, groups of complaints reported."""
