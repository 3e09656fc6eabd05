"""The people of the pool: profile, availability, mobility."""
