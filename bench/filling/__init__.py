"""Filling a database with a large organisation."""
