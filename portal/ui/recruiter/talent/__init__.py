"""One talent: who they are, what was said, what is next."""
