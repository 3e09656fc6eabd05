"""Experience surveys and their responses."""
