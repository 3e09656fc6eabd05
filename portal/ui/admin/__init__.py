"""Pages of the admin."""
