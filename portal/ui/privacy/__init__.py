"""The privacy desk: sees the evidence, changes nothing."""
