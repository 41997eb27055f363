"""What goes in and out, typed and bounded."""
