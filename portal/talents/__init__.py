"""The people in the pool, and the words used about their work."""
