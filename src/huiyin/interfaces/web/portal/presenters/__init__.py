"""What the complainant's pages show, made from the facts without another query."""
