"""Register early career teachers: rules, journeys and use cases, without a framework."""
