"""A consumer association between two parties."""
