"""What waits for somebody's signature or look, fit for a phone: the facts, the options, approve or return."""
