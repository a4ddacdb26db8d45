"""Reference data as tables that operators see and change: kinds, columns, differences."""
