"""Changes to records after registration."""
