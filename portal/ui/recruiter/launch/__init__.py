"""One launch: its river, its people, what comes in."""
