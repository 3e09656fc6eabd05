"""The rooms of those who recruit."""
