"""Simulates TRS, keeping to its HTTP contract, for tests and demonstrations."""
