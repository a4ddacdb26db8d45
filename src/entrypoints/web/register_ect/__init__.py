"""Pages that register an ECT."""
