"""Pages about oneself: sign in and out, password, sessions, language and look; and who may open which page."""
