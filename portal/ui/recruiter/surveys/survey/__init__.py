"""One survey: what came back, and its questions."""
