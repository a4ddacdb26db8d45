"""Pages and buttons that only a demo has."""
