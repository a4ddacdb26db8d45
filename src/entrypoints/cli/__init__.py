"""Implements the command line: ect."""
