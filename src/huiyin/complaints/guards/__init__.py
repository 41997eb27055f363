"""Conditions of the moves: each a function that raises its own refusal, or returns."""
