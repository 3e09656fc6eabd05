"""Before a launch: whom it reaches, what they will read, what holds the others back."""
