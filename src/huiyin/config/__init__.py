"""Settings, addresses and server entry."""
