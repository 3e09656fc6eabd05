"""What was asked, what was answered, who is talking with whom."""
