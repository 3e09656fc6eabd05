"""A new import: the file."""
