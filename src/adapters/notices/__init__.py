"""Sends notices by GOV.UK Notify, or into a folder of text files."""
