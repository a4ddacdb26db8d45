"""Values, entities and rules: pure functions of what they are given."""
