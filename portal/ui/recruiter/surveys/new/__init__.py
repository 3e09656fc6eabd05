"""A new survey."""
