"""Saved rules over the pool, always live, explainable."""
