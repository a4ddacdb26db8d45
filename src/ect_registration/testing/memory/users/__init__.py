"""What users do and have begun, in memory."""
