"""The saved segments."""
