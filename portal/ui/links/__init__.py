"""The plain-HTML pages behind letters: no script, under 30 KB, readable on an old telephone."""
