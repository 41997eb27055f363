"""Benchmarks and long proofs, run by hand: `python3 x bench NAME`, `python3 x prove NAME`."""
