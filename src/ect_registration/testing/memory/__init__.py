"""A store in memory, which keeps every guarantee of the contract."""
