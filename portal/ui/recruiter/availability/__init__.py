"""The times a recruiter offers."""
