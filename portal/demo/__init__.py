"""A believable world to try Vivier in, lived through by the product's own verbs with the clock moved."""
