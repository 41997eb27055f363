"""One file per room of steps: each operation takes a body apart and calls one step."""
