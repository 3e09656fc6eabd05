"""Letters waiting or sent, their links, their delivery."""
