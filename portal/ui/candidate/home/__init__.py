"""What waits for someone, and what we know of them."""
