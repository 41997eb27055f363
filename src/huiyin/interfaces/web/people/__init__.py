"""Pages of the administrator (people, departments) and of the auditor (who looked at what)."""
