"""Who must still be told that we hold their data."""
