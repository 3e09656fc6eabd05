"""The chains there are, what to start one from, and what runs."""
