"""One segment: its rule, how many it holds, whom one may write to now."""
