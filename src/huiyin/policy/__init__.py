"""What we promised by rule: packs, categories, clocks, working time, authority limits."""
