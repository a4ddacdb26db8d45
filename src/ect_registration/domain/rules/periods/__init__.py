"""Where a person is and was: their status, earlier schools, transfers and leaving."""
