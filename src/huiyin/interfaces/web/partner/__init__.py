"""The page of a partner: one question, one answer, and nothing else of the house."""
