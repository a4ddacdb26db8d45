"""What registration is for: lead providers, notices and statistics."""
