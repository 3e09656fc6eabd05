"""The rules of the house, and who works here."""
