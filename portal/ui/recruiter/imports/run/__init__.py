"""One import: its columns, what will happen, what happened."""
