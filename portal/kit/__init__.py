"""What every feature stands on; knows nothing about talent."""
