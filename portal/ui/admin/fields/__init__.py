"""The fields of the house's own, made without code."""
