"""Vivier: a talent pool that is alive."""
