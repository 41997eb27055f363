"""The complainant's own pages: file, follow, answer."""
