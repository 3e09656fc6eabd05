"""What someone wants, changed as one goes."""
