"""Pages that register several ECTs from one file."""
