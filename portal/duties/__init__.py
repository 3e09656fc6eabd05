"""What the house owes by itself, each minute and each night: done one by one, and told to an admin where it fails."""
