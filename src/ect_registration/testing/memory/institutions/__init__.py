"""Schools and the organisations that they choose from, in memory."""
