"""What the service keeps about its own use: sessions, attempts and history."""
