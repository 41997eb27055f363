"""The design system's Python side: words for times, rings, rails, icons, and the living page that shows all of it."""
