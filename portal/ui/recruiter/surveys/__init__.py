"""Experience surveys."""
