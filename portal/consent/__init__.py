"""Why we may write: purposes, notices, the ledger."""
