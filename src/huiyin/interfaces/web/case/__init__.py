"""The steps of a case as forms: one table names each step's form, and one view serves them all."""
