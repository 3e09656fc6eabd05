"""An experience survey, answered in one’s own space."""
