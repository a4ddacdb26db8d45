"""Changing what a school registered: one question, one check page, one button."""
