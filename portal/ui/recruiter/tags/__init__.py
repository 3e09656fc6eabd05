"""The tags of the house: renamed, joined, deleted."""
