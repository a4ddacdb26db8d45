"""Pages that give an ECT a mentor: a new one, or one of the school."""
