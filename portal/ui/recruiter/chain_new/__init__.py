"""A chain that is not saved yet."""
