"""What someone agreed to, word for word, and their way out."""
