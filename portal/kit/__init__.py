"""Small tools that know nothing about talent."""
