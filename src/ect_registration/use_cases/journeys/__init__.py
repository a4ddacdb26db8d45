"""Takes a journey that is kept in the store through its steps."""
