"""What operators do: load, verify, purge, report partnerships."""
