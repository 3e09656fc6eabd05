"""Everything we hold about someone, to take away or to erase."""
