"""What the gate decided, about whom, and why."""
