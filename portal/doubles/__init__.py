"""Two of the pool who may be one person: found by night, made one, parted again, or told apart for good."""
