"""Signing in by magic link and code; orchestrates access, the gate and the postbox."""
