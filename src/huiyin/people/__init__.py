"""Staff, departments, roles, customers and their identities; who may do and see what."""
