"""Imports: files taken in, and those that wait."""
