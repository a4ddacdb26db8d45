"""Pages that change what a school registered: one question, one check page, one button."""
