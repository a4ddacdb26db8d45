"""What people do with the service. The only part of the core that calls a port."""
