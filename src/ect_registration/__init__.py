"""Register early career teachers: rules, journeys and use cases, without a framework."""

__version__ = "0.2.0"
