"""From an export file to a pool without doubles."""
