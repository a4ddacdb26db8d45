"""What Get Information About Schools (GIAS) publishes, in our words."""
