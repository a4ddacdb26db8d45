"""Changes records after registration."""
