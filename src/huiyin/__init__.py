"""Huiyin: complaint handling in which no promise can be broken silently."""
