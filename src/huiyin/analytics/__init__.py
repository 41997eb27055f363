"""Metrics over every room."""
