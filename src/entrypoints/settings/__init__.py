"""Settings, and the checks that every command makes of them."""
