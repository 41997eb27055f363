"""One file per part of a case's life; each form knows what its step asks for and hands it over."""
