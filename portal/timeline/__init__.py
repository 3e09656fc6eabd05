"""What happened, append-only, told in sentences."""
