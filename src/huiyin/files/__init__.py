"""Bytes, hash, real type and permission of what people attach."""
