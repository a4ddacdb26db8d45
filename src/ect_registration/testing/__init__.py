"""A store in memory, and what an embedder needs to test a store of their own."""
