"""Jobs to fill, each with its condensed digest."""
