"""The jobs to fill."""
