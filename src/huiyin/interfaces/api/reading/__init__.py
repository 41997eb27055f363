"""Reading: nothing here writes but the log of who looked at which case."""
