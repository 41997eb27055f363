"""Ways in and out; the only code that speaks HTTP, mail or command line and reads the clock."""
