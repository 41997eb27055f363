"""Facts, scripts, playbooks and the wording coach."""
