"""All that was said between someone and us."""
