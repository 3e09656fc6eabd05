"""Staff, roles, sessions, and the rules of the house."""
