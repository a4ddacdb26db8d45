"""Follows what the Teaching Record System (TRS) says of ECTs and mentors."""
