"""One file per page of the desk; each parses, asks once, shows."""
