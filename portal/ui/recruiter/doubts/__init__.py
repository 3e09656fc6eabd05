"""Doubts: two who may be one, side by side."""
