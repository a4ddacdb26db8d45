"""What may happen to an ECT or a mentor after registration."""
