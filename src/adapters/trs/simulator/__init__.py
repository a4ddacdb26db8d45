"""A stand-in for TRS that keeps to its HTTP contract, for tests and demonstrations."""
