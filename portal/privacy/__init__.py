"""What a person may ask of us about their data, and what the data protection officer reads."""
