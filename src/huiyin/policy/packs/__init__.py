"""Packs: what an organisation promises by rule, read from a folder of TOML."""
