"""Versioned sequences of steps, launched on a segment."""
