"""Pages of the figures, each with its formula and the rows behind it."""
