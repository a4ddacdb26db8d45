"""Talks to the Teaching Record System (TRS) over HTTP."""
