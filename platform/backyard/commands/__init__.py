"""Sub-commands that need neither web nor database."""
