"""What holds for operators, for schools that close, and for reference data."""
