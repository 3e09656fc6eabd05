"""What one cell says, in French or English: pure, cached, and None (or words left over) rather than a guess."""
