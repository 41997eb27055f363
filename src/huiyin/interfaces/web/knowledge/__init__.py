"""Pages of the knowledge base, and the guide beside a case."""
