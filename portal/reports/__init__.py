"""Numbers a recruiter looks at; each opens the list behind it."""
