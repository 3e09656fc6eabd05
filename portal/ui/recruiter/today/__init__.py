"""Today: what only a person can do, most urgent first."""
