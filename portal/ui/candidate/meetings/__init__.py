"""Times to pick, talks that are settled."""
