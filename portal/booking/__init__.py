"""Slots a recruiter offers, held for someone, booked by one."""
