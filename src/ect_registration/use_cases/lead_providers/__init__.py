"""Lets programs of lead providers sign in, read and report partnerships."""
