"""One chain: its steps, its letters, its versions."""
