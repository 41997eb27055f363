"""Long proofs: random kills, a hundred thousand calendars; `make test` runs each of them short."""
