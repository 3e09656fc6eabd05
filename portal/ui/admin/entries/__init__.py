"""Who came in, who was refused, and why."""
