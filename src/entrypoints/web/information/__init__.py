"""Pages that need no school: home, information about the service, health."""
