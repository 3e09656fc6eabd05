"""The consent ledger, read, verified and taken away."""
