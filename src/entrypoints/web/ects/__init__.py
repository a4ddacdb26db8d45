"""Pages that list a school's ECTs and show one of them, with its history."""
