"""What an answer sets in motion."""
