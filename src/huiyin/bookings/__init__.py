"""Restaurant orders, members, points."""
