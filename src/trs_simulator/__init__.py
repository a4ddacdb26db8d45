"""A simulator of TRS that keeps to its HTTP contract, for tests and demonstrations."""
