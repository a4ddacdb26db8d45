"""The journey engine, and every journey declared with it."""
