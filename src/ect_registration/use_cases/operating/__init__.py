"""Does the work of operators: load, look up, verify, purge, report partnerships."""
