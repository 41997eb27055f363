"""The page that says who is away, until when, and who stands in."""
