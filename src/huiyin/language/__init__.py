"""Pure functions on text, no models."""
