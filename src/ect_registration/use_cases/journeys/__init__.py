"""Going through a journey that is kept in the store, step by step."""
