"""Shows, changes and prepares reference data: `ect reference`."""
