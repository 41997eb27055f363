"""Two ways to take the same complaints in: over HTTP by the steps, and raw by the ORM."""
