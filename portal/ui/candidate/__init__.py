"""The candidate’s own space: one column, one thumb."""
