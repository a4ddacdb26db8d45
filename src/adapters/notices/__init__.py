"""Where notices go: GOV.UK Notify, or a folder of text files."""
