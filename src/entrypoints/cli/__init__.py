"""The command line: ect."""
