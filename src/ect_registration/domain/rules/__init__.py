"""One rule, one small pure function, in a module you find by its subject."""
